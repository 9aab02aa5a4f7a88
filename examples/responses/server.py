"""Answers: templates, statuses, headers, cookies and errors, each form of the guide once, on any of the six backends.

RESPONSES_BACKEND=flask python server.py
curl -i http://127.0.0.1:8000/api/plain
"""

import os
from typing import Any

import utype
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.utils import Error, exceptions


class Wrapped(Response):
    result_key = "data"
    message_key = "msg"
    count_key = "total"
    state_key = "state"


class Created(Wrapped):
    status = 201


class Point(utype.Schema):
    x: int
    y: int


class Rate(utype.Schema):
    limit: int = utype.Field(alias="X-Limit")


class Checked(Response):
    """A strict template: result and headers are checked before they are sent."""

    strict = True
    result: Point
    headers: Rate  # type: ignore[override]


class PlainAPI(api.API):
    """Without a template."""

    def get(self) -> dict[str, list[int]]:
        return {"numbers": [1, 2]}

    @api.get
    def built(self) -> Response:
        return Response(
            "made",
            status=202,
            headers={"X-Made": "by hand"},
            cookies={"theme": "dark"},
            content_type="text/plain; charset=utf-8",
        )

    @api.get
    def own(self) -> Response:
        return self.response("accepted", status=202)  # builds a Response where no class declares one

    @api.get
    def point(self) -> Checked:
        return Checked(Point(x=1, y=2), headers={"X-Limit": "5"})

    @api.get
    def bent(self, header: bool = False) -> Checked:
        return Checked(Point(x=1, y=2) if header else "far", headers={"X-Limit": "many" if header else "5"})


class WrappedAPI(api.API):
    """A template of the class, and nearer ones."""

    class response(Wrapped):
        pass

    def get(self) -> list[int]:
        return [1]

    @api.get
    def counted(self) -> Any:
        return self.response([1, 2], message="two", count=2, state="ready")

    def post(self) -> Created:  # type: ignore[empty-body]  # a template's annotation wraps what is returned: nothing
        pass

    @api.get
    def missing(self) -> None:
        raise exceptions.NotFound("There is nothing")

    @api.get
    def refused(self) -> Any:
        return Wrapped(error=exceptions.PermissionDenied("Not you"), state="closed")

    @api.get
    def failing(self) -> None:
        raise LookupError("told by the hook")

    @api.handle(failing, LookupError)
    def tell(self, error: Error) -> Any:
        return Wrapped(error=error, status=409)


class ErrorsAPI(api.API):
    @api.get("{name}")
    def one(self, name: str) -> None:
        built_in: dict[str, type[Exception]] = {
            "permission": PermissionError,
            "file": FileNotFoundError,
            "implemented": NotImplementedError,
            "time": TimeoutError,
        }
        raise built_in.get(name, exceptions.BadRequest)(name)


class RootAPI(api.API):
    plain: PlainAPI
    wrapped: WrappedAPI
    errors: ErrorsAPI


service = UtilMeta(
    __name__,
    name="responses",
    backend=os.environ.get("RESPONSES_BACKEND", "starlette"),
    port=int(os.environ["RESPONSES_PORT"]) if "RESPONSES_PORT" in os.environ else None,
    api=RootAPI,
    route="/api",
)
app = service.application()

if __name__ == "__main__":
    service.run()
