"""CORS around endpoints that take headers."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request


@api.CORS(allow_origin="https://one.example")
class OneAPI(api.API):
    @api.get
    @in_mode
    def thing(
        self, token: str = request.HeaderParam("X-Token"), number: int = request.HeaderParam("X-Number", default=0)
    ):
        return {"token": token, "number": number}


@api.CORS(allow_origin="*")
class AnyAPI(api.API):
    @api.post
    @in_mode
    def thing(self, token: str = request.HeaderParam("X-Token", default="")):
        return {"token": token}


class RootAPI(api.API):
    one: OneAPI
    any: AnyAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="plugin_cors_headers",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
