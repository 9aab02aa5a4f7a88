"""Schemas of utype: as a whole query, as all headers or cookies, as a body, in a list and within a body's field."""

from typing import List

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request

try:
    import utype
except ImportError:
    utype = None

if utype is not None:

    class Item(utype.Schema):
        word: str
        number: int = 1

    class Client(utype.Schema):
        word: str = utype.Field(alias="X-Word")
        number: int = utype.Field(alias="X-Number", default=1)

    class Order(utype.Schema):
        name: str
        parts: List[Item]

    def shown(item):
        """What a schema holds."""
        return {"word": item.word, "number": item.number}

    class SchemaAPI(api.API):
        @api.get
        @in_mode
        def query(self, item: Item = request.Query):
            return shown(item)

        @api.get
        @in_mode
        def headers(self, client: Client = request.Headers):
            return shown(client)

        @api.get
        @in_mode
        def cookies(self, item: Item = request.Cookies):
            return shown(item)

        @api.post
        @in_mode
        def body(self, item: Item = request.Body):
            return shown(item)

        @api.post
        @in_mode
        def order(self, order: Order = request.Json):
            return {"name": order.name, "parts": [shown(part) for part in order.parts]}

        @api.post
        @in_mode
        def items(self, items: List[Item] = request.Body):
            return [shown(item) for item in items]

        @api.post
        @in_mode
        def form(self, item: Item = request.Form):
            return shown(item)

        @api.post
        @in_mode
        def fields(self, name: str = request.BodyParam, item: Item = request.BodyParam()):
            return {"name": name, "item": shown(item)}


class RootAPI(api.API):
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


service = with_a_key(
    UtilMeta(
        __name__,
        name="request_schemas",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
