"""Results to be encoded: objects of libraries, streams, headers that are URLs, statuses without content.

A library that is not installed has no endpoints.
"""

import datetime
import inspect
import io
import tempfile
from typing import Annotated, Optional

from response_library_objects import LIBRARIES
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.conf import Time
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.utils import exceptions

MOMENT = datetime.datetime(2031, 2, 3, 4, 5, 6)


class Wrapped(Response):
    result_key = "data"
    message_key = "message"


def numbers(text):
    yield text


async def later_numbers(text):
    yield text


async def later(text):
    return text


class Later:
    """Is read, and closed, by awaiting."""

    def __init__(self, text):
        self.text = text
        self.closed = False

    def __aiter__(self):
        return self

    async def __anext__(self):
        return self.text

    async def aclose(self):
        self.closed = True


class Unclosable(io.StringIO):
    """Raises when it is closed."""

    def close(self):
        super().close()
        raise OSError("it cannot be closed")


def file(text):
    opened = tempfile.TemporaryFile("w+")  # noqa: SIM115 - it is the implementation that has to close it
    opened.write(text)
    opened.seek(0)
    return opened


LAZY = {
    "generator": numbers,
    "async generator": later_numbers,
    "coroutine": later,
    "async iterator": Later,
    "file": file,
    "buffer": lambda text: io.BytesIO(text.encode()),
    "map": lambda text: map(str, [text]),
    "iterator": lambda text: iter([text]),
}
KEPT = {}


def is_closed(value):
    if inspect.isgenerator(value):
        return inspect.getgeneratorstate(value) == inspect.GEN_CLOSED
    if inspect.isasyncgen(value):
        return value.ag_frame is None
    if inspect.iscoroutine(value):
        return inspect.getcoroutinestate(value) == inspect.CORO_CLOSED
    return getattr(value, "closed", True)


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def libraries(self):
        return {"installed": sorted(LIBRARIES)}

    @api.get("told/{library}")
    @in_mode
    def told(self, library: str, word: str, number: int):
        values = LIBRARIES[library][0](word, number)
        return {"alone": values, "listed": list(values.values())}

    @api.get("told/{library}/{name}")
    @in_mode
    def told_alone(self, library: str, name: str, word: str, number: int, within: str = ""):
        value = LIBRARIES[library][0](word, number)[name]
        return {"": lambda: value, "response": lambda: Response(value), "template": lambda: Wrapped(value)}[within]()

    @api.get("dated/{library}")
    @in_mode
    def dated(self, library: str, year: int):
        return LIBRARIES[library][1](MOMENT.replace(year=year))

    @api.get("lazy/{kind}")
    @in_mode
    def lazy(self, kind: str, word: str, within: str = ""):
        KEPT[word] = value = LAZY[kind](word)
        return {
            "": lambda: value,
            "list": lambda: {word: [word, value, Unclosable()]},
            "response": lambda: Response(value, content_type="text/event-stream"),
            "template": lambda: Wrapped(value),
        }[within]()

    @api.get
    @in_mode
    def closed(self, word: str):
        return {"closed": is_closed(KEPT.pop(word))}

    @api.get
    @in_mode
    def optional(self, word: str) -> Optional[Wrapped]:
        return word or None

    @api.get
    @in_mode
    def annotated(self, word: str) -> Annotated[Wrapped, "a note"]:
        return word or None

    @api.get
    @in_mode
    def both(self, word: str) -> Annotated[Optional[Wrapped], "a note"]:
        return word or None

    @api.get
    @in_mode
    def moved(self, to: str, how: str, name: str):
        headers = {name: to}
        if how == "raised":
            raise exceptions.Conflict("moved", headers=headers)
        answer = Response("moved", headers=headers if how == "given" else None)
        if how == "added":
            answer.headers[name] = to
        return answer

    @api.get
    @in_mode
    def nothing(self, status: int, how: str, text: str):
        kind = type("Nothing", (exceptions.HTTPError,), {"status": status})
        if how == "raised":
            raise kind(text)
        if how == "error":
            return Response(error=kind(text))
        if how == "template":
            return type("Template", (Wrapped,), {"status": status})(text)
        return Response(text, status=status, content_type="application/x.made")


service = with_a_key(
    UtilMeta(
        __name__,
        name="encoded",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)
service.use(Time(date_format="%d.%m.%Y", datetime_format="%d.%m.%Y at %H:%M"))

if NONCE:
    app = service.application()
