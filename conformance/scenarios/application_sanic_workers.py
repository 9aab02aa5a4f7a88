"""A service that Sanic itself runs with two worker processes; the module declares `app`.

Each endpoint tells its process. With SCENARIO_MOUNTED some are those of a mounted API and of path templates.
"""

import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

if "SCENARIO_MOUNTED" in os.environ:

    class ItemAPI(api.API):
        @api.get
        @in_mode
        def get(self):
            return str(os.getpid())

        @api.get("{name}/part")
        @in_mode
        def part(self, name: str):
            return str(os.getpid())


class RootAPI(api.API):
    if "SCENARIO_MOUNTED" in os.environ:
        item: ItemAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def pid(self):
        return str(os.getpid())

    @api.get
    @in_mode
    def another(self):
        return str(os.getpid())


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
