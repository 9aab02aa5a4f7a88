"""An API in an application that was there before, on any of the six backends.

    MIGRATION_BACKEND=flask python server.py
    curl http://127.0.0.1:8000/old; curl http://127.0.0.1:8000/v1/api/clock/now; curl http://127.0.0.1:8000/alone/hello

The modules `native_...` have these applications, each as its framework's documentation writes it.
"""

import importlib
import os
import signal
import sys
from typing import Any

from utilmeta import UtilMeta
from utilmeta.conf import Time
from utilmeta.core import api

BACKEND = os.environ.get("MIGRATION_BACKEND", "starlette")
PORT = int(os.environ.get("MIGRATION_PORT", "8000"))

native = importlib.import_module(f"native_{BACKEND}")
patterns: list[Any] = getattr(native, "urlpatterns", [])  # of Django


class ClockAPI(api.API):
    @api.get
    def now(self) -> dict[str, Any]:
        return {"now": self.request.time.replace(microsecond=0)}


class AloneAPI(api.API):
    """It needs no service."""

    @api.get
    def hello(self) -> str:
        return "no service"


class RootAPI(api.API):
    clock: ClockAPI


service = UtilMeta(__name__, name="clock", backend=native.application, api=RootAPI, route="/api")
service.use(Time(datetime_format="%Y-%m-%d %H:%M:%S", use_tz=False))  # the project's own settings stay
patterns.append(service.adapt("/v1"))
patterns.append(AloneAPI.__as__(native.application, route="/alone"))

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    print(f"migration ({BACKEND}) answers at http://127.0.0.1:{PORT}", flush=True)
    native.serve(PORT)
