"""Responses and templates with a type argument, as type checkers read them."""

from typing import TypeVar

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, queried, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.response import Response

T = TypeVar("T")


class Counted(Response[int]):
    result_key = "data"
    strict = True


class Told(Response[T]):
    result_key = "told"
    strict = True


VALUES = {"number": 7, "zero": 0, "text": "7", "list": [7], "null": None}


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def plain(self) -> Response[str]:
        return VALUES[queried(self.request, "value")]

    @api.get
    @in_mode
    def built(self) -> Response[int]:
        return Response[int](VALUES[queried(self.request, "value")], status=202)

    @api.get
    @in_mode
    def counted(self) -> Counted:
        return VALUES[queried(self.request, "value")]

    @api.get
    @in_mode
    def told(self) -> "Told[list[int]]":
        return VALUES[queried(self.request, "value")]


service = with_a_key(
    UtilMeta(
        __name__,
        name="response_generic",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
