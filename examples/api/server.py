"""API classes: routes, mounts, shared parameters and hooks, each form of the guide once, on any of the six backends.

    API_BACKEND=tornado python server.py
    curl -i -X PUT -H 'X-Reader: ada' http://127.0.0.1:8000/api/books/1/loan

Books and loans are kept in the memory of the process.
"""

import os
import time
from typing import Any

from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.response import Response
from utilmeta.utils import Error, exceptions

BOOKS = {1: "Flatland", 2: "Emma"}
LENT: dict[int, str] = {}

service = UtilMeta(
    __name__,
    name="library",
    backend=os.environ.get("API_BACKEND", "starlette"),
    port=int(os.environ["API_PORT"]) if "API_PORT" in os.environ else None,
)


class Answer(Response):
    """A template: what an endpoint returns stands in `data`, what was wrong in `message`."""

    result_key = "data"
    message_key = "message"


class CountedAPI(api.API):
    """Who inherits from it has its endpoints."""

    @api.get
    def count(self) -> int:
        return len(BOOKS)


class DatedAPI(api.API):
    @api.get("when", summary="What day it is here", description="In the zone of the service.", tags=["time"])
    def today(self) -> str:
        return self.request.time.date().isoformat()


@api.route("{book}/loan", summary="Who has a book", deprecated=False)
class LoanAPI(api.API):
    """Its route holds a template, a parameter of every endpoint; so is what stands in the class."""

    book: int = request.PathParam
    reader: str = request.HeaderParam("X-Reader", default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.book not in BOOKS:
            raise exceptions.NotFound(f"There is no book {self.book}")
        self.title = BOOKS[self.book]  # the hooks and the endpoint of this request see it

    def get(self) -> dict[str, Any]:
        return {"title": self.title, "reader": LENT.get(self.book)}

    @api.put(idempotent=True)
    def put(self) -> dict[str, Any]:
        LENT[self.book] = self.reader
        return self.get()  # functions of a class call each other

    def delete(self) -> None:
        del LENT[self.book]

    @api.get(private=True)
    def label(self) -> str:
        """What has no public access is called by others of the service alone."""
        return f"{self.book}: {self.title}"

    @api.get("labelled")
    def shown(self) -> str:
        return self.label()

    @api.before(put)
    def must_say_who(self) -> None:
        if not self.reader:
            raise exceptions.Unauthorized("Say who you are: X-Reader")

    @api.handle(delete, KeyError)
    def nobody_has_it(self, error: Error) -> None:
        print(f"{error.type.__name__}, {error.status}: {error.traceback}")  # for who runs the service
        raise exceptions.Conflict(f"Nobody has {self.title}") from error.exception


class BooksAPI(CountedAPI, DatedAPI):
    """The endpoints of two bases and its own; `loan` is a mount, at the route that its class has."""

    loan: LoanAPI

    class response(Answer):
        pass

    def get(self, limit: int = 10) -> list[int]:
        return list(BOOKS)[:limit]

    def post(self, title: str = request.BodyParam(max_length=80)) -> Answer:
        BOOKS[max(BOOKS) + 1] = title
        return Answer(max(BOOKS), status=201)

    @api.get("{number}")
    def one(self, number: int) -> str:
        return BOOKS[number]

    @api.delete(one)  # type: ignore[arg-type,call-arg]  # the path of `one`
    def remove(self, number: int) -> None:
        del BOOKS[number]

    @api.patch("{number}/title")
    def rename(self, number: int, title: str = request.BodyParam) -> str:
        BOOKS[number] = title
        return BOOKS[number]

    @api.get(timeout=0.2)
    def slow(self) -> None:
        time.sleep(1)

    @api.before(remove, rename)
    def must_be_there(self, number: int) -> None:
        if number not in BOOKS:
            raise exceptions.NotFound(f"There is no book {number}")

    @api.handle("*", KeyError)
    def no_such_book(self, error: Error) -> Any:
        return Answer(error=exceptions.NotFound(f"There is no book {error.exception}"))


class AskedAPI(api.API):
    """What a request tells."""

    def get(self) -> dict[str, Any]:
        return {
            "method": self.request.method,
            "url": self.request.url,
            "word": self.request.query.get("word"),
            "words": self.request.query.getlist("word"),
            "agent": self.request.headers.get("User-Agent", ""),
            "address": str(self.request.ip_address),
            "framework": type(self.request.adaptor.request).__module__.partition(".")[0],
        }

    def post(self) -> int:
        return len(self.request.body)


class WrappedAPI(api.API):
    def get(self) -> str:
        return "wrapped"

    @api.after(get)
    def wrap(self) -> Answer:  # type: ignore[empty-body]  # its annotation is the template
        pass


@service.mount(route="/api")
@api.CORS(allow_origin="*")
class RootAPI(api.API):
    books: BooksAPI
    asked: AskedAPI
    wrapped: WrappedAPI

    @api.get
    def everything(self) -> dict[str, Any]:
        """Functions of mounted classes, and of any other, are called for the same request."""
        return {"books": self.books.get(), "day": DatedAPI(self.request).today()}

    @api.before(BooksAPI)
    def count_them(self) -> None:
        self.request.context["asked"] = True

    @api.after("*")
    def say_how_many(self, response: Response) -> None:
        response.headers["X-Books"] = len(BOOKS)  # numbers are sent as texts

    @api.handle("*", exceptions.NotFound)
    def nothing_there(self, error: Error) -> Any:
        """Of unknown paths below, too."""
        return Response({"missing": self.request.path}, status=error.status)


app = service.application()

if __name__ == "__main__":
    service.run()
