"""A service that does not say `asynchronous`; on an asynchronous variant its endpoint is an `async def`."""

from scenario import BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = UtilMeta(
    __name__, name="service_default_mode", backend=BACKEND, production=PRODUCTION, api=RootAPI, route="/api"
)

app = service.application()
