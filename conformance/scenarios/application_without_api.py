"""A service that is given no `api`; with SCENARIO_MOUNTED an API is mounted, at /api."""

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

app = service.application()
