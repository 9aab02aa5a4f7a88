"""Endpoints that answer what they were given; the differential oracle (conformance/differential) asks them.

An endpoint is added here and to conformance/differential/vocabulary.py. An answer depends on the request alone.
"""

import asyncio
import builtins
import datetime
import decimal
import enum
import sys
import uuid
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Dict, List, Literal, Optional, Union

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.api import Error
from utilmeta.core.response import Response
from utilmeta.utils import exceptions

MAX_BODY_SIZE = 2000

passed = ContextVar("passed")


class Colour(enum.Enum):
    RED = "red"
    GREEN = "green"


class Size(enum.Enum):
    SMALL = 10
    HALF = 0.5
    LARGE = 50
    ODD = "odd"


Limit = Literal[10, 50, True, "all", b"raw"]


@dataclass
class Sized:
    limit: Limit
    size: Size = Size.SMALL
    limits: List[Limit] = field(default_factory=list)
    ref: Union[Literal[7], uuid.UUID, None] = None


def told(values):
    return {"found": [f"{type(value).__name__} {value!r}" for value in values]}


@dataclass
class Point:
    x: int
    y: float = 0.5


@dataclass
class Thing:
    name: str
    size: int = 1
    tags: List[str] = field(default_factory=list)
    point: Optional[Point] = None


class Wrapped(Response):
    result_key = "data"
    message_key = "message"


class Textless(Exception):
    def __str__(self):
        raise KeyError("no text")


class Unanswerable(exceptions.NotFound):
    """An HTTP error without a status, a detail or headers to answer with, as it is asked for."""

    def __init__(self, without):
        super().__init__(without)
        self.without = without

    def __getattribute__(self, name):
        if name == super().__getattribute__("__dict__").get("without"):
            sys.exit(name)
        return super().__getattribute__(name)


KEPT = exceptions.Gone("kept", headers={"X-Kept": "yes"})


def fail(what, text):
    """Raise what a request asks for, if it is one of these."""
    if what == "exit":
        sys.exit(text)
    if what in ("status", "detail", "headers"):
        raise Unanswerable(what)
    if what == "group":
        members = [exceptions.NotFound(text), exceptions.Conflict(text), exceptions.Conflict("second")]
        raise getattr(builtins, "ExceptionGroup", RuntimeError)("group", members)
    if what == "kept":
        raise KEPT
    kinds = {
        "interrupt": KeyboardInterrupt,
        "cancelled": asyncio.CancelledError,
        "end": GeneratorExit,
        "stop": StopIteration,
    }
    if what in kinds:
        raise kinds[what](text)
    if what == "textless":
        raise Textless(text)


def account_of_pydantic():
    import pydantic
    from pydantic.dataclasses import dataclass

    @dataclass
    class Account:
        name: str
        size: int = pydantic.Field(1, alias="the-size")
        moment: Optional[datetime.datetime] = None
        secret: str = pydantic.Field("secret", exclude=True)

    return Account


def struct_of_msgspec():
    import msgspec

    class Tagged(msgspec.Struct, tag="a tag", rename="camel", omit_defaults=True):
        name: str
        size_of: int = 1
        moment: Optional[datetime.datetime] = None
        tags: List[str] = []

    return Tagged


def installed(make):
    """The class; where its library is not installed, a mapping of anything."""
    try:
        return make()
    except ImportError:
        return Dict[str, Any]


Account, Tagged = installed(account_of_pydantic), installed(struct_of_msgspec)


class WrappedAPI(api.API):
    """What templates and hooks make of results and errors."""

    seen: str = request.HeaderParam("X-Seen", default="nobody")

    class response(Wrapped):
        pass

    @api.get
    @in_mode
    def plain(self, number: int, text: str = ""):
        if number > 1000:
            raise exceptions.Conflict(f"{number} is taken")
        return {"number": number, "text": text, "seen": self.seen}

    @api.post
    @in_mode
    def kept(self, thing: Thing = request.Body):
        return Wrapped(thing, status=201, headers={"X-Thing": str(thing.size)})

    @api.get
    @in_mode
    def raised(self, what: str = "", text: str = ""):
        fail(what, text)
        return {"what": what, "text": text}

    @api.handle(raised, KeyboardInterrupt)
    @in_mode
    def interrupted(self, error: Error):
        return {"interrupted": error.message}

    @api.before(plain)
    def knows(self, text: str = ""):
        if text == "closed":
            raise exceptions.Gone("closed")

    @api.after("*")
    def signs(self, answer: Response):
        answer.headers["X-Signed"] = self.seen

    @api.handle(plain, exceptions.Conflict)
    def answers(self, error: Error, text: str = ""):
        return Response({"handled": error.message, "text": text}, status=299)


class MissedAPI(api.API):
    """What a handler and a template make of paths and methods that nothing answers."""

    seen: str = request.HeaderParam("X-Seen", default="nobody")

    response = Wrapped

    @api.get("known/{word}")
    @in_mode
    def known(self, word: str):
        return {"word": word}

    @api.handle("*", exceptions.NotFound)
    @in_mode
    def missing(self, error: Error, text: str = ""):
        return {"missing": text, "seen": self.seen} if text else None


@api.CORS(allow_origin="https://a.example", allow_headers=["X-Seen"])
class SharedAPI(api.API):
    @api.get
    @in_mode
    def read(self, tag: str = ""):
        return {"tag": tag}

    @api.put
    @in_mode
    def write(self, tag: str = ""):
        return {"tag": tag}


class RootAPI(api.API):
    wrapped: WrappedAPI
    missed: MissedAPI

    @api.get
    @in_mode
    def raised(self, what: str = "", text: str = ""):
        fail(what, text)
        return {"what": what, "text": text}

    @api.get
    def raised_plainly(self, what: str = "", text: str = ""):
        fail(what, text)
        return {"what": what, "text": text}

    shared: SharedAPI = api.route("shared/{part}")

    @api.post
    @in_mode
    def form(self, thing: Thing = request.Form):
        return thing

    @api.get("sizes/{size}")
    @in_mode
    def sizes(
        self,
        size: Size,
        limit: Limit = 50,
        sizes: List[Size] = request.QueryParam(default=[]),
        header: Optional[Limit] = request.HeaderParam("X-Limit", default=None),
        cookie: Optional[Size] = request.CookieParam("size", default=None),
    ):
        return told([size, limit, sizes, header, cookie])

    @api.get("sized")
    @in_mode
    def sized(self, sized: Sized = request.Query):
        return told([sized.limit, sized.size, sized.limits, sized.ref])

    @api.post("sized")
    @in_mode
    def sized_form(self, sized: Sized = request.Form):
        return told([sized.limit, sized.size, sized.limits, sized.ref])

    @api.put("sized")
    @in_mode
    def sized_fields(self, limit: Limit = request.BodyParam(), size: Size = request.BodyParam(default=Size.ODD)):
        return told([limit, size])

    @api.put("form")
    @in_mode
    def form_fields(self, name: str = request.BodyParam(), numbers: List[int] = request.BodyParam(default=[])):
        return {"name": name, "numbers": numbers}

    @api.post("text")
    @in_mode
    def text(self, data: str = request.Body(content_type="text/plain", max_length=100)):
        return {"data": data}

    @api.get("files/{rest}")
    @in_mode
    def rest(self, rest: str = request.FilePathParam):
        return {"rest": rest}

    @api.get("slugs/{slug}")
    @in_mode
    def slug(self, slug: str = request.SlugPathParam):
        return {"slug": slug}

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get("heard/{word}")
    @in_mode
    def heard(self, word: str):
        """All that a request says of itself."""
        return {
            "method": self.request.method,
            "path": self.request.path,
            "word": word,
            "query": {name: self.request.query.getlist(name) for name in self.request.query},
            "headers": sorted((name, value) for name, value in self.request.headers.items() if name != "content-type"),
            "cookies": self.request.cookies,
        }

    @api.get
    @in_mode
    def passed(self, word: str = "", header: str = request.HeaderParam("X-Word", default="")):
        """What it finds set, which is nothing, whatever it then sets."""
        found = passed.get(None)
        passed.set([word, header])
        return {"found": found, "word": word}

    @api.get
    @in_mode
    def typed(
        self,
        whole: Optional[int] = None,
        real: Optional[float] = None,
        exact: Optional[decimal.Decimal] = None,
        flag: Optional[bool] = None,
        day: Optional[datetime.date] = None,
        moment: Optional[datetime.datetime] = None,
        identifier: Optional[uuid.UUID] = None,
        choice: Optional[Colour] = None,
        pick: Optional[str] = request.QueryParam(default=None, regex="[a-z]+"),
        numbers: List[int] = request.QueryParam(default=[]),
    ):
        found = [whole, real, exact, flag, day, moment, identifier, choice, pick, numbers]
        return {"found": [str(value) for value in found]}

    @api.get("mixed/{number}")
    @in_mode
    def mixed(
        self,
        number: int,
        tag: List[str] = request.QueryParam(default=[]),
        of_header: str = request.HeaderParam(alias="X-Tag", default="no header"),
        of_cookie: str = request.CookieParam(alias="tag", default="no cookie"),
    ):
        return {"number": number, "tag": tag, "header": of_header, "cookie": of_cookie}

    @api.get("dated/{day}/{identifier}")
    @in_mode
    def dated(self, day: datetime.date, identifier: uuid.UUID, moment: Optional[datetime.datetime] = None):
        return {"day": day, "identifier": identifier, "moment": moment}

    @api.get("set")
    @in_mode
    def answer(
        self,
        status: int = 200,
        header: Optional[str] = None,
        twice: List[str] = request.QueryParam(default=[]),
        cookie: Optional[str] = None,
        location: Optional[str] = None,
        type: Optional[str] = None,
    ):
        """An answer that is as the request asks."""
        given = [("X-Own", header), ("Set-Cookie", cookie and f"own={cookie}"), ("Location", location)]
        headers = [(name, value) for name, value in given if value is not None]
        headers += [("X-Twice", value) for value in twice]
        if type is not None:
            headers.append(("Content-Type", type))
        return Response("told", status=status, headers=headers)

    @api.get
    @in_mode
    def address(self):
        return {"address": str(self.request.ip_address)}

    @api.post("echo")
    @in_mode
    def echo(self, data: Any = request.Body):
        return {"data": data}

    @api.put("echo")
    @in_mode
    def echo_object(self, data: Dict[str, int] = request.Body):
        return {"data": data}

    @api.patch("members/{number}")
    @in_mode
    def members(
        self,
        number: int,
        tag: str = "none",
        name: str = request.BodyParam(),
        size: int = request.BodyParam(default=1),
        tags: List[str] = request.BodyParam(default=[]),
        point: Optional[Point] = request.BodyParam(default=None),
    ):
        return {"number": number, "tag": tag, "name": name, "size": size, "tags": tags, "point": point}

    @api.post
    @in_mode
    def model(self, thing: Thing = request.Body):
        return thing

    @api.post
    @in_mode
    def account(self, account: Account = request.Body, within: str = ""):
        """An object of pydantic, as it is sent back."""
        return {within: [account]} if within else account

    @api.post
    @in_mode
    def tagged(self, tagged: Tagged = request.Body, within: str = ""):
        """An object of msgspec."""
        return {within: [tagged]} if within else tagged


service = UtilMeta(
    __name__,
    name="differential_echo",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    max_body_size=MAX_BODY_SIZE,
)
with_a_key(service)

app = service.application()

if __name__ == "__main__":
    service.run()
