"""A service whose root API is given as SCENARIO_API says: by a reference string, or `class` for the class itself.

What a reference means does not exist yet when the service is constructed.
"""

import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api


class GivenAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def place(self):
        return "class"


REFERENCE = os.environ["SCENARIO_API"]

service = UtilMeta(
    __name__,
    name=f"service-{NONCE}",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=GivenAPI if REFERENCE == "class" else REFERENCE,
    route="/api",
)


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def place(self):
        return __name__


app = service.application()
