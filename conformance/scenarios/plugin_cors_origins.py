"""CORS of listed origins, of a class and what it mounts, and of an endpoint."""

from plugin_traces import asked
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.utils.exceptions import NotFound

ORIGINS = ("https://one.example", "https://two.example:8443")


class InnerAPI(api.API):
    @api.get
    @in_mode
    def other(self):
        return "other"


@api.CORS(allow_origin=ORIGINS)
class CrossedAPI(api.API):
    """Mounted as `crossed`: CORS of the class, and of an endpoint; plugin_cors.py has its other options."""

    inner: InnerAPI

    @api.get
    @in_mode
    def thing(self):
        if asked(self, "fails"):
            raise NotFound("because")
        return "thing"

    @api.put("thing")
    @in_mode
    def put_thing(self):
        return "put"

    @api.CORS(allow_origin="*")
    @api.delete("thing")
    @in_mode
    def delete_thing(self):
        return "deleted"

    @api.before("*")
    @in_mode
    def unseen(self):
        if asked(self, "hooked"):
            return "hook"
        return None


class RootAPI(api.API):
    crossed: CrossedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def beside(self):
        return "beside"


service = with_a_key(
    UtilMeta(
        __name__,
        name="plugin_cors_origins",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
