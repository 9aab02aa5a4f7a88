"""The API that runs on every variant: checks of routes, parameters, results and errors ask it.

It works as all three starts: forked and deployed servers are given `app`, a script ends in `service.run()`. Backend,
mode and whatever else a check chooses reach it as SCENARIO_ environment variables. The oracle (trust/oracle.py) answers
in its place.
"""

import asyncio
import datetime
import decimal
import enum
import os
import threading
import uuid
from dataclasses import dataclass
from typing import Any, Dict, List, Optional

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request


def current_loop():
    """The identity of the running event loop, None without one."""
    try:
        return id(asyncio.get_running_loop())
    except RuntimeError:
        return None


class Colour(enum.Enum):
    RED = "red"


@dataclass
class Point:
    x: int
    y: int


class ItemAPI(api.API):
    """Mounted as `item`: the class's own path, a template, fixed paths declared before and after the template."""

    @in_mode
    def get(self):
        return "all items"

    @in_mode
    def post(self):
        return "post item"

    @in_mode
    def put(self):
        return "put item"

    @in_mode
    def patch(self):
        return "patch item"

    @in_mode
    def delete(self):
        return "delete item"

    @api.get("first")
    @in_mode
    def oldest(self):
        return {"fixed": "first"}

    @api.get("{name}")
    @in_mode
    def one(self, name: str):
        return {"item": name}

    @api.get("latest")
    @in_mode
    def newest(self):
        return {"fixed": "latest"}

    @api.get("{name}/part/{number}")
    @in_mode
    def part(self, name: str, number: int):
        return {"item": name, "number": number}

    @api.get("latest/whole")
    @in_mode
    def whole(self):
        return {"fixed": "latest/whole"}


class DeepAPI(api.API):
    @api.get
    @in_mode
    def leaf(self):
        return "leaf"


class BranchAPI(api.API):
    """A mounted class, and a template that would match its path."""

    deep: DeepAPI

    @api.get("{name}/leaf")
    @in_mode
    def other_leaf(self, name: str):
        return {"leaf of": name}

    @api.get
    @in_mode
    def twig(self):
        return "twig"


class ResultAPI(api.API):
    """One endpoint for each kind of result."""

    @api.get
    @in_mode
    def text(self):
        return "grüße"

    @api.get
    @in_mode
    def binary(self):
        return b"\x00\xff"

    @api.get
    @in_mode
    def integer(self):
        return 7

    @api.get
    @in_mode
    def number(self):
        return 2.5

    @api.get
    @in_mode
    def truth(self):
        return True

    @api.get
    @in_mode
    def nothing(self):
        return None

    @api.get
    @in_mode
    def listing(self):
        return [1, "two", None]

    @api.get
    @in_mode
    def mapping(self):
        return {"a": {"b": [1]}}

    @api.get
    @in_mode
    def point(self):
        return Point(3, 4)

    @api.get
    @in_mode
    def colour(self):
        return Colour.RED

    @api.get
    @in_mode
    def identifier(self):
        return uuid.UUID(int=1)

    @api.get
    @in_mode
    def price(self):
        return {"price": decimal.Decimal("1.50")}


class MomentAPI(api.API):
    """Dates and times, at the top level and nested."""

    @api.get
    @in_mode
    def date(self):
        return datetime.date(2031, 2, 3)

    @api.get
    @in_mode
    def time(self):
        return datetime.time(4, 5, 6)

    @api.get
    @in_mode
    def datetime(self):
        return datetime.datetime(2031, 2, 3, 4, 5, 6)

    @api.get
    @in_mode
    def nested(self):
        return {
            "date": datetime.date(2031, 2, 3),
            "list": [datetime.time(4, 5, 6), {"datetime": datetime.datetime(2031, 2, 3, 4, 5, 6)}],
        }


class FailureAPI(api.API):
    """Endpoints that go wrong."""

    @api.get
    @in_mode
    def crash(self, secret: str = ""):
        raise RuntimeError(f"crashed with {secret}")

    @api.get
    @in_mode
    def lookup(self):
        return {}["no such key"]


class RootAPI(api.API):
    item: ItemAPI
    branch: BranchAPI
    result: ResultAPI
    moment: MomentAPI
    failure: FailureAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def whereabouts(self):
        return {"nonce": NONCE, "pid": os.getpid(), "thread": threading.get_ident(), "loop": current_loop()}

    @api.get
    @in_mode
    def hello(self):
        return "world"

    @api.get
    @in_mode
    def plus(self, a: int, b: int):
        return a + b

    @api.post
    @in_mode
    def echo(self, data: Dict[str, Any] = request.Body):
        return data

    @api.get("path/{number}")
    @in_mode
    def path_parameter(self, number: int):
        return {"number": number}

    @api.get("word/{word}")
    @in_mode
    def word(self, word: str):
        return {"word": word}

    @api.get("code/{code}")
    @in_mode
    def code(self, code: str = request.PathParam(regex="[a-z]{3}")):
        return {"code": code}

    @api.get
    @in_mode
    def query(self, text: str = "none", number: Optional[int] = None, flag: bool = False):
        return {"text": text, "number": number, "flag": flag}

    @api.get
    @in_mode
    def renamed(self, value: int = request.QueryParam(alias="as-sent")):
        return {"value": value}

    @api.get
    @in_mode
    def bounded(self, page: int = request.QueryParam(ge=1, le=9), name: str = request.QueryParam(max_length=3)):
        return {"page": page, "name": name}

    @api.get
    @in_mode
    def many(self, tag: List[str] = request.QueryParam(default=[])):
        return {"tag": tag}

    @api.get
    @in_mode
    def header(self, count: int = request.HeaderParam(alias="X-Count")):
        return {"count": count}

    @api.get
    @in_mode
    def cookie(self, session: int = request.CookieParam()):
        return {"session": session}

    @api.post
    @in_mode
    def fields(self, name: str = request.BodyParam(), size: int = request.BodyParam(default=1)):
        return {"name": name, "size": size}


service = UtilMeta(
    __name__,
    name="root",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **given(host=str, port=int),
)
with_a_key(service)

app = service.application()

if __name__ == "__main__":
    service.run()
