"""Endpoints that return what a Client got from a URL."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.cli import Client


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    if ASYNCHRONOUS:

        @api.get
        async def passed(self, url: str = request.QueryParam()):
            return await Client().async_get(url)

    else:

        @api.get
        def passed(self, url: str = request.QueryParam()):
            return Client().get(url)


service = with_a_key(
    UtilMeta(
        __name__,
        name="response_of_a_client",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)
app = service.application()
