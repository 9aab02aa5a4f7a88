"""CORS as the guides have it."""

from plugin_traces import FALSE
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api


@api.CORS(allow_origin="*")
class OpenAPI(api.API):
    """Mounted as `open`."""

    @api.get
    @in_mode
    def thing(self):
        return "thing"

    @api.get
    @in_mode
    def false(self, kind: str):
        return FALSE[kind]

    @api.get
    def plainly_false(self, kind: str):
        return FALSE[kind]

    @api.put("thing")
    @in_mode
    def put_thing(self):
        return "put"


class RootAPI(api.API):
    open: OpenAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="plugin_cors_documented",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
