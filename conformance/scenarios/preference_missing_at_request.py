"""A service with an endpoint that imports a package which is not installed."""

import importlib

import missing_package
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def used(self):
        return {"redis": importlib.import_module("redis").__name__}

    @api.get
    @in_mode
    def seen(self):
        return {"seen": [event for event in seen if not event.startswith("socket.")]}


missing_package.hide("redis")
service = UtilMeta(
    __name__,
    name="preference_missing_at_request",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)

app = service.application()
seen = missing_package.watch()
