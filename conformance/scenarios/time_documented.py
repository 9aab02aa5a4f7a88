"""The moment SCENARIO_MOMENT in the members of an object, under a `Time` that is declared with what the page names.

SCENARIO_TIME holds the keywords of `Time`, a JSON object; SCENARIO_LOCAL is the machine's local zone, and
SCENARIO_OFFSET the minutes that the aware datetime is ahead of UTC.
"""

import datetime
import json
import os
import time

if "SCENARIO_LOCAL" in os.environ:  # before anything can have asked for it
    os.environ["TZ"] = os.environ["SCENARIO_LOCAL"]
    time.tzset()

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode
from utilmeta import UtilMeta
from utilmeta.conf import Time
from utilmeta.core import api

MOMENT = datetime.datetime.fromisoformat(os.environ["SCENARIO_MOMENT"])
OFFSET = datetime.timedelta(minutes=int(os.environ.get("SCENARIO_OFFSET", "0")))


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def told(self):
        return {"date": MOMENT.date(), "time": MOMENT.time(), "datetime": MOMENT}

    @api.get
    @in_mode
    def aware(self):
        return {"aware": MOMENT.replace(tzinfo=datetime.timezone(OFFSET))}


service = UtilMeta(
    __name__,
    name="time_documented",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **given(host=str, port=int),
)
service.use(Time(**json.loads(os.environ["SCENARIO_TIME"])))

app = service.application()

if __name__ == "__main__":
    service.run()
