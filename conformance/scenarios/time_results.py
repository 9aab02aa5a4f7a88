"""The moment SCENARIO_MOMENT in results of every shape, under the `Time` of SCENARIO_FORMATS, a JSON object.

Without SCENARIO_FORMATS the service uses no `Time` at all.
"""

import datetime
import json
import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.conf import Time
from utilmeta.core import api

MOMENT = datetime.datetime.fromisoformat(os.environ["SCENARIO_MOMENT"])
ALL = {"date": MOMENT.date(), "time": MOMENT.time(), "datetime": MOMENT}


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def date(self):
        return MOMENT.date()

    @api.get
    @in_mode
    def time(self):
        return MOMENT.time()

    @api.get
    @in_mode
    def datetime(self):
        return MOMENT

    @api.get
    @in_mode
    def mapping(self):
        return {**ALL, "deeper": [{"again": ALL}]}

    @api.get
    @in_mode
    def listing(self):
        return [*ALL.values(), (MOMENT,)]


service = UtilMeta(
    __name__,
    name="time_results",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
if "SCENARIO_FORMATS" in os.environ:
    service.use(Time(**json.loads(os.environ["SCENARIO_FORMATS"])))

app = service.application()
