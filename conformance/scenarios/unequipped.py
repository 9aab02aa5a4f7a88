"""A service one of whose endpoints uses a package that is not there."""

import importlib

import hidden
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


hidden.hide("redis")
service = UtilMeta(
    __name__,
    name="unequipped",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)

app = service.application()
seen = hidden.watch()
