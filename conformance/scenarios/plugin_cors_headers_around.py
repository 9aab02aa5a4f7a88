"""CORS around endpoints that take headers by themselves, their hooks, their class and a whole set."""

from dataclasses import dataclass

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request


@dataclass
class Client:
    x_first: str
    x_second: str = ""


@api.CORS(allow_origin="https://one.example", allow_headers=["X-Named", "x-token"])
class ManyAPI(api.API):
    shared: str = request.HeaderParam("X-Shared", default="")

    @api.get
    @in_mode
    def thing(self, client: Client = request.Headers, word: str = "", session: str = request.CookieParam(default="")):
        return {"first": client.x_first}

    @api.put("thing")
    @in_mode
    def put_thing(self, token: str = request.HeaderParam("X-Token", default="")):
        return {"token": token}

    @api.before(put_thing)
    @in_mode
    def before(self, hook: str = request.HeaderParam("X-Hook", default="")):
        return None


@api.CORS(allow_origin="https://one.example", allow_headers=())
class NoneAPI(api.API):
    @api.get
    @in_mode
    def thing(self):
        return {"token": ""}


@api.CORS(allow_origin="https://one.example", allow_headers=())
class BareAPI(api.API):
    @api.get
    @in_mode
    def thing(self, token: str = request.HeaderParam("X-Token", default="")):
        return {"token": token}


class RootAPI(api.API):
    many: ManyAPI
    none: NoneAPI
    bare: BareAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="plugin_cors_headers_around",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
