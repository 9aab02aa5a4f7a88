"""What a type checker sees of responses, errors, hooks and the query; checked with the package, never run."""

from dataclasses import dataclass
from typing import Any, TypeVar

from typing_extensions import assert_type

from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.request import Request
from utilmeta.core.response import Response
from utilmeta.utils import Error, exceptions

Item = TypeVar("Item")


@dataclass
class Point:
    x: int
    y: int


class Wrapped(Response[Item]):
    result_key = "data"
    message_key = "message"


class Told(Response):
    """A template may say nothing of its result."""

    result_key = "data"
    result: Point


class PointsAPI(api.API):
    @api.get
    def one(self) -> Response[Point]:
        made = Response(Point(1, 2), status=202, headers={"X-Made": "by hand"}, cookies={"theme": "dark"})
        assert_type(made, Response[Point])
        assert_type(made.result, Point)
        assert_type(made.status, int)
        made.headers["X-Count"] = 12
        made.headers["X-Made"] = "by another"
        assert_type(made.headers.getlist("X-Made"), list[str])
        return made

    @api.get
    def wrapped(self) -> Wrapped[list[Point]]:
        return Wrapped([Point(1, 2)], message="one", count=1, state=None)

    @api.get
    def told(self) -> Told:
        assert_type(Told(Point(1, 2)).result, Point)
        return Told(error=exceptions.NotFound("nothing", headers={"X-Why": "so"}))

    @api.get
    def asked(self, word: str = "") -> list[str]:
        assert_type(self.request.query["word"], str)
        assert_type(self.request.query.get("word"), str | None)
        assert_type(self.request.query.getlist("word"), list[str])
        # It is None where the server is asked through a socket of the file system.
        if self.request.ip_address is not None:
            assert_type(self.request.ip_address.is_private, bool)
        return self.request.query.getlist("word")

    @api.before(one, wrapped)
    def refuse(self) -> None:
        raise exceptions.BadRequest("never")

    @api.after("*")
    def count(self, response: Response) -> None:
        response.headers["X-Count"] = 1
        assert_type(response.result, Any)

    @api.handle("*", exceptions.NotFound, KeyError)
    def missing(self, error: Error) -> Response:
        assert_type(error.status, int)
        assert_type(error.type, type[BaseException])
        assert_type(error.traceback, str)
        return Response(error=error)

    @api.get
    def wrong(self) -> Response[Point]:
        Response(1).headers["X-Count"] = []  # type: ignore[assignment]  # pyright: ignore[reportArgumentType]
        return Response("a text")  # type: ignore[arg-type]  # pyright: ignore[reportReturnType]


class Counted(api.Plugin):
    def __init__(self, size: int, **options: Any) -> None:
        super().__init__(**options)
        self.size = size

    def process_request(self, request: Request, api: api.API) -> None:
        assert_type(api.request, Request)


service = UtilMeta(__name__, name="points", backend="starlette")


@service.mount(route="/api")
@Counted(3)
class RootAPI(api.API):
    points: PointsAPI


assert_type(RootAPI, type[RootAPI])
