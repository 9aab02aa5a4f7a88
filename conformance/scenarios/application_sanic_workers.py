"""A service that Sanic itself runs with two worker processes; the module declares `app`."""

import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api


class ItemAPI(api.API):
    @api.get
    @in_mode
    def get(self):
        return {"pid": os.getpid()}

    @api.get("{name}/part")
    @in_mode
    def part(self, name: str):
        return {"pid": os.getpid()}


class RootAPI(api.API):
    item: ItemAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def pid(self):
        return {"pid": os.getpid()}


service = UtilMeta(
    __name__,
    name="application_sanic_workers",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)

app = service.application()

if __name__ == "__main__":
    app.run(host=os.environ["SCENARIO_HOST"], port=int(os.environ["SCENARIO_PORT"]), workers=2)
