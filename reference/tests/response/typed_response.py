"""What a type checker sees of responses, errors and plugins; checked with the package, never run."""

from __future__ import annotations

from typing import Any

from typing_extensions import assert_type

from utilmeta.core import api
from utilmeta.core.request import Request
from utilmeta.core.response import Response
from utilmeta.utils import Error


class Wrapped(Response):
    result_key = "data"
    message_key = "message"


class Counted(api.Plugin):
    def __init__(self, size: int, **options: Any) -> None:
        super().__init__(**options)
        self.size = size

    def process_request(self, request: Request, api: api.API) -> None:
        assert_type(api.request, Request)


@Counted(3)
class RootAPI(api.API):
    response = Wrapped

    @api.get
    def hello(self) -> str:
        return "world"

    @api.after("*")
    def signed(self, response: Response) -> None:
        assert_type(response.headers["X-Number"], str)
        response.headers["X-Number"] = 12
        response.headers.add("Set-Cookie", "a=b")
        response.headers = {"X-One": "1", "X-Two": 2.5}
        response.headers = [("X-One", "1"), ("X-One", "2")]
        assert_type(response.headers.getlist("X-One"), list[str])

    @api.after(hello)
    def alone(self) -> Wrapped:  # type: ignore[empty-body]
        pass

    @api.handle("*", LookupError)
    def handled(self, error: Error) -> Response:
        assert_type(error.traceback, str)
        assert_type(error.status, int)
        assert_type(error.type, type[BaseException])
        return Wrapped(error=error, message=error.message)
