"""CORS with all that can be said of it, of a class and of an endpoint."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.utils.exceptions import NotFound


@api.CORS(
    allow_origin=("https://one.example", "https://two.example:8443"),
    allow_headers=["X-Token", "Content-Type"],
    expose_headers=["X-Total", "X-Mark"],
    max_age=77,
    allow_credentials=True,
)
class CrossedAPI(api.API):
    """Mounted as `crossed`."""

    @api.get
    @in_mode
    def thing(self, fails: str = ""):
        if fails == "missing":
            raise NotFound("because")
        if fails == "value":
            raise ValueError("because")
        return "thing"

    @api.put("thing")
    @in_mode
    def put_thing(self):
        return "put"

    @api.CORS(allow_origin="*", allow_methods=["DELETE", "PATCH"], allow_headers="*")
    @api.delete("thing")
    @in_mode
    def delete_thing(self):
        return "deleted"


class RootAPI(api.API):
    crossed: CrossedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="crossed",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
