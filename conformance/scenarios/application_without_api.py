"""A service that is given no `api`; with SCENARIO_MOUNTED an API is mounted, at /api, with "several" others as well."""

import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta

service = UtilMeta(
    __name__, name="application_without_api", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=PRODUCTION
)

if "SCENARIO_MOUNTED" in os.environ:
    from utilmeta.core import api

    class MountedAPI(api.API):
        @api.get
        @in_mode
        def nonce(self):
            return NONCE

    service.mount(MountedAPI, route="/api")

if os.environ.get("SCENARIO_MOUNTED") == "several":

    class FrontAPI(api.API):
        @api.get
        @in_mode
        def front(self, word: str):
            return {"front": word}

    class ShopAPI(api.API):
        @api.get("{word}")
        @in_mode
        def item(self, word: str):
            return {"item": word}

    class OrdersAPI(api.API):
        @api.get
        @in_mode
        def get(self, word: str):
            return {"order": word}

    service.mount(FrontAPI, route="/")
    service.mount(ShopAPI, route="shop/items")
    service.mount(OrdersAPI, route="/api/orders")

app = service.application()
