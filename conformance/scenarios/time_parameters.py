"""An endpoint that answers the dates and times it is sent, under the `Time` of SCENARIO_TIME, a JSON object.

Without SCENARIO_TIME the service uses no `Time` at all. SCENARIO_LOCAL is the machine's local zone, until it becomes
SCENARIO_LATER when the configuration is built.
"""

import datetime
import json
import os
import time
import zoneinfo
from typing import List

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.conf import Time
from utilmeta.core import api, request


def localize(name):
    """Make a zone the machine's local one, as far as this process can tell."""
    os.environ["TZ"] = name
    time.tzset()


def read(text):
    """`datetime 2031-02-03T04:05`, with an offset or without one; `second ...` for the second of two equal ones, `time
    ...`, `date ...`, and `Asia/Tokyo ...` for a datetime in that zone."""
    kind, _, value = text.partition(" ")
    if kind == "date":
        return datetime.date.fromisoformat(value)
    if kind == "time":
        return datetime.time.fromisoformat(value)
    moment = datetime.datetime.fromisoformat(value)
    if kind == "second":
        return moment.replace(fold=1)
    return moment if kind == "datetime" else moment.replace(tzinfo=zoneinfo.ZoneInfo(kind))


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def told(self, value: List[str] = request.QueryParam()):
        return {"told": [read(text) for text in value]}


localize(os.environ["SCENARIO_LOCAL"])
service = UtilMeta(
    __name__,
    name="time_parameters",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
if "SCENARIO_TIME" in os.environ:
    configuration = Time(**json.loads(os.environ["SCENARIO_TIME"]))
    localize(os.environ.get("SCENARIO_LATER", os.environ["TZ"]))
    service.use(configuration)

app = service.application()
