"""CORS around endpoints that take headers by themselves, their class, hooks of it and of outer classes, a whole set."""

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


class InnerAPI(api.API):
    """Mounted as `hooked/inner`: hooks of each kind, each with a header of its own."""

    @api.get
    @in_mode
    def thing(self):
        return {"token": ""}

    @api.before(thing)
    @in_mode
    def before(self, header: str = request.HeaderParam("X-Before", default="")):
        return None

    @api.after(thing)
    @in_mode
    def after(self, response, header: str = request.HeaderParam("X-After", default="")):
        return None

    @api.handle(thing, KeyError)
    @in_mode
    def handle(self, error, header: str = request.HeaderParam("X-Handle", default="")):
        return None


@api.CORS(allow_origin="https://one.example", allow_headers=())
class HookedAPI(api.API):
    """Mounted as `hooked`: the same, around all of a class that is mounted."""

    inner: InnerAPI

    @api.get
    @in_mode
    def thing(self):
        return {"token": ""}

    @api.before(InnerAPI)
    @in_mode
    def before(self, header: str = request.HeaderParam("X-Outer-Before", default="")):
        return None

    @api.after(InnerAPI)
    @in_mode
    def after(self, response, header: str = request.HeaderParam("X-Outer-After", default="")):
        return None

    @api.handle("*", KeyError)
    @in_mode
    def handle(self, error, header: str = request.HeaderParam("X-Outer-Handle", default="")):
        return None


class RootAPI(api.API):
    hooked: HookedAPI
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
