"""The least that a service can be: one endpoint that returns a text."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = UtilMeta(
    __name__,
    name="backend_documented",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)

app = service.application()
