"""Endpoints that take a body of each kind: JSON, lists, forms, single fields, texts, bytes, none."""

from dataclasses import dataclass
from typing import Any, Dict, List, Optional

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request


@dataclass
class Part:
    number: int
    note: str = ""


@dataclass
class Item:
    name: str
    parts: List[Part]


@dataclass
class Order:
    name: str
    tags: List[int]
    note: str = "none"


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.post
    @in_mode
    def undeclared(self):
        data = self.request.data
        if isinstance(data, bytes):
            data = {"bytes": data.hex()}
        return {"body": self.request.body.hex(), "data": data}

    @api.post
    @in_mode
    def received(self):
        return {"body": self.request.body.hex()}

    @api.post
    @in_mode
    def item(self, item: Item = request.Json):
        return {"name": item.name, "parts": [[part.number, part.note] for part in item.parts]}

    @api.post
    @in_mode
    def parts(self, parts: List[Part] = request.Body):
        return [[part.number, part.note] for part in parts]

    @api.post
    @in_mode
    def mapping(self, data: Dict[str, Any] = request.Body):
        return data

    @api.post
    @in_mode
    def optional(self, data: Optional[Dict[str, Any]] = request.Body(default=None)):
        return {"data": data}

    @api.post
    @in_mode
    def order(self, order: Order = request.Body):
        return {"name": order.name, "tags": order.tags, "note": order.note}

    @api.post
    @in_mode
    def orders(self, orders: List[Order] = request.Body):
        return [{"name": order.name, "tags": order.tags, "note": order.note} for order in orders]

    @api.post
    @in_mode
    def numbers(self, numbers: List[int] = request.Body):
        return numbers

    @api.post
    @in_mode
    def form(self, order: Order = request.Form):
        return {"name": order.name, "tags": order.tags, "note": order.note}

    @api.post
    @in_mode
    def optional_form(self, data: Optional[Dict[str, str]] = request.Form(default=None)):
        return {"data": data}

    @api.post
    @in_mode
    def texts(self, data: Dict[str, str] = request.Form):
        return data

    @api.post
    @in_mode
    def fields(
        self,
        name: str = request.BodyParam(),
        tags: List[int] = request.BodyParam("tag", default=[]),
        note: str = request.BodyParam(default="none", max_length=9),
    ):
        return {"name": name, "tags": tags, "note": note}

    @api.post
    @in_mode
    def text(self, text: str = request.Body(content_type="text/plain", max_length=100)):
        return {"text": text}

    @api.post
    @in_mode
    def image(self, image: bytes = request.Body(content_type="image/png", default=b"none")):
        return {"image": image.hex()}

    @api.post
    @in_mode
    def short(self, data: Dict[str, Any] = request.Json(max_length=100)):
        return data


service = UtilMeta(
    __name__,
    name="request_bodies",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **given(max_json_values=int),
)
with_a_key(service)

app = service.application()
