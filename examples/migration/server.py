"""An API beside the routes that an application has already, on any of the six backends.

    MIGRATION_BACKEND=flask python server.py
    curl http://127.0.0.1:8000/old; curl http://127.0.0.1:8000/v1/clock/now

`native.py` has the applications, each written as its framework's documentation does.
"""

import os
from typing import Any

import native
from utilmeta import UtilMeta
from utilmeta.conf import Time
from utilmeta.core import api

BACKEND = os.environ.get("MIGRATION_BACKEND", "starlette")


class ClockAPI(api.API):
    @api.get
    def now(self) -> dict[str, Any]:
        return {"now": self.request.time}


class AloneAPI(api.API):
    @api.get
    def hello(self) -> str:
        return "no service"


class RootAPI(api.API):
    clock: ClockAPI
