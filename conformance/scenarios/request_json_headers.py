"""Headers that hold JSON, and markers that are given the name by position."""

from typing import Dict, Optional

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request

try:
    import utype
except ImportError:
    utype = None

if utype is not None:

    class Client(utype.Schema):
        word: str = utype.Field(alias="X-Word")
        data: dict = utype.Field(alias="X-Data")

    class SchemaAPI(api.API):
        @api.get
        @in_mode
        def headers(self, client: Client = request.Headers):
            return {"word": client.word, "data": client.data}


class JSONAPI(api.API):
    @api.get
    @in_mode
    def plain(self, data: dict = request.HeaderParam("X-Data")):
        return {"data": data}

    @api.get
    @in_mode
    def numbers(self, data: Dict[str, int] = request.HeaderParam("X-Data", min_length=1, max_length=2)):
        return {"data": data}

    @api.get
    @in_mode
    def told(self, data: Optional[dict] = request.HeaderParam("X-Data", default=None, regex=r"[^ ]*")):
        return {"data": data}


class RootAPI(api.API):
    json: JSONAPI
    if utype is not None:
        schema: SchemaAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def libraries(self):
        return {"installed": [] if utype is None else ["utype"]}

    @api.get
    @in_mode
    def named(
        self,
        token: str = request.HeaderParam("Authorization"),
        kind: str = request.QueryParam("@type"),
        session: str = request.CookieParam("session-of"),
    ):
        return {"values": [token, kind, session]}


service = with_a_key(
    UtilMeta(
        __name__,
        name="request_json_headers",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
