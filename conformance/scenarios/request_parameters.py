"""Parameters in every place: to the end of the path, with aliases, with constraints; and what `request` tells."""

import datetime
import sys
import time
from typing import Annotated, Any, List, Literal, Optional

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request

PAUSE_SECONDS = 0.003  # between the start of an endpoint and its look at the time


class PathAPI(api.API):
    """Path parameters of every kind."""

    @api.get("code/{code}")
    @in_mode
    def code(self, code: str = request.PathParam(regex="[a-z]{2}[0-9]+")):
        return {"code": code}

    @api.get("any/{text}")
    @in_mode
    def any_text(self, text: str = request.PathParam()):
        return {"text": text}

    @api.get("either/{number}")
    @in_mode
    def number(self, number: int = request.PathParam(regex="[0-9]+")):
        return {"number": number}

    @api.get("either/{word}")
    @in_mode
    def word(self, word: str):
        return {"word": word}

    @api.get("post/{slug}")
    @in_mode
    def post_of_slug(self, slug: str = request.SlugPathParam):
        return {"slug": slug}

    @api.get("file/{path}")
    @in_mode
    def file(self, path: str = request.FilePathParam):
        return {"path": path}

    @api.get("file/{name}/info")
    @in_mode
    def info(self, name: str):
        return {"name": name}

    @api.get("leaf/{lang}/{number}")
    @in_mode
    def leaf(self, lang: str, number: int = 1):
        return {"lang": lang, "number": number}

    @api.get("literal/{colour}")
    @in_mode
    def literal(self, colour: Literal["red", "blue"], size: Literal[10, 50] = 10):
        return {"colour": colour, "size": size}

    @api.get("page/{lang}/{number}")
    @in_mode
    def page(self, lang: str = request.PathParam(regex="[a-z]{2}", default="en"), number: int = 1):
        return {"lang": lang, "number": number}

    @api.get("page/de")
    @in_mode
    def german(self):
        return {"fixed": "de"}


class AliasAPI(api.API):
    """Names that no parameter of a function can have, and markers in every position."""

    @api.get
    @in_mode
    def named(
        self,
        kind: str = request.QueryParam(alias="@type"),
        class_: str = request.QueryParam(alias="class"),
        word: str = request.HeaderParam(alias="X-Word-Of"),
        session: str = request.CookieParam(alias="from"),
    ):
        return {"values": [kind, class_, word, session]}

    @api.post("named")
    @in_mode
    def named_in_body(self, class_: str = request.BodyParam(alias="class")):
        return {"values": [class_]}

    @api.post
    @in_mode
    def called(
        self,
        bare: str = request.BodyParam,
        called: str = request.BodyParam(),
        given: int = request.BodyParam(default=3),
    ):
        return {"values": [bare, called, given]}

    @api.get
    @in_mode
    def query(
        self,
        size: int = request.QueryParam("page[size]"),
        kind: str = request.QueryParam("@type"),
        class_: str = request.QueryParam("class"),
        other: str = request.QueryParam("größe, &=+%"),
    ):
        return {"size": size, "kind": kind, "class": class_, "other": other}

    @api.post
    @in_mode
    def body(self, size: int = request.BodyParam("page[size]"), class_: str = request.BodyParam("class é")):
        return {"size": size, "class": class_}

    @api.get
    @in_mode
    def header(self, word: str = request.HeaderParam("X-Word-OF"), session: str = request.CookieParam("session[id]")):
        return {"word": word, "session": session}

    @api.get
    @in_mode
    def positions(
        self,
        bare: int = request.QueryParam,
        called: int = request.QueryParam(),
        given: int = request.QueryParam(default=3),
        noted: Annotated[int, request.QueryParam("note-d")] = 4,
        named: Annotated[int, request.HeaderParam] = 5,
        absent: Optional[int] = request.CookieParam(default=None),
    ):
        return {"values": [bare, called, given, noted, named, absent]}


class BoundAPI(api.API):
    """Constraints in each place."""

    @api.get("path/{number}")
    @in_mode
    def path(self, number: int = request.PathParam(gt=10, lt=20)):
        return {"bound": number}

    @api.get
    @in_mode
    def query(
        self,
        number: float = request.QueryParam(default=1.5, ge=1, le=2),
        word: str = request.QueryParam(default="abc", length=3, regex="[a-c]+"),
    ):
        return {"bound": [number, word]}

    @api.get
    @in_mode
    def several(
        self, tag: List[str] = request.QueryParam(default=("a", "b"), min_length=2, max_length=3, regex="[a-c]")
    ):
        return {"bound": list(tag)}

    @api.get
    @in_mode
    def header(self, number: int = request.HeaderParam(alias="X-Number", lt=5)):
        return {"bound": number}

    @api.get
    @in_mode
    def cookie(self, word: str = request.CookieParam(min_length=2, max_length=4)):
        return {"bound": word}

    @api.post
    @in_mode
    def body(self, number: int = request.BodyParam(ge=5), word: str = request.BodyParam(default="a", regex="a+")):
        return {"bound": [number, word]}


class RootAPI(api.API):
    path: PathAPI
    alias: AliasAPI
    bound: BoundAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get("asked/{name}")
    @in_mode
    def asked(self, name: str):
        asked = self.request
        return {"method": asked.method, "url": asked.url, "word": asked.headers.get("X-Word")}

    @api.post("asked/{name}")
    @in_mode
    def asked_of_post(self, name: str):
        asked = self.request
        return {"method": asked.method, "url": asked.url, "word": asked.headers.get("X-Word")}

    @api.get
    @in_mode
    def moment(self):
        return {"datetime": isinstance(self.request.time, datetime.datetime)}

    @api.get("told/{name}")
    @in_mode
    def told(self, name: str):
        return told(self.request)

    @api.post("told/{name}")
    @in_mode
    def told_of_post(self, name: str):
        return told(self.request)

    @api.get
    @in_mode
    def headers(self):
        headers = self.request.headers
        names = ("X-Word", "x-word", "X-WORD", "x-wORD")
        return {
            "items": [headers[name] for name in names],
            "gets": [headers.get(name) for name in names],
            "in": [name in headers for name in names],
            "absent": [headers.get("X-Other"), "X-Other" in headers],
        }

    @api.get
    @in_mode
    def arrival(self):
        started = time.time()
        while time.time() < started + PAUSE_SECONDS:
            pass
        arrived = self.request.time
        return {"arrived": arrived.timestamp(), "aware": arrived.utcoffset() is not None, "started": started}

    @api.get
    @in_mode
    def native(self):
        native: Any = self.request.adaptor.request
        return {"classes": [f"{kind.__module__}.{kind.__qualname__}" for kind in native.__class__.__mro__]}

    @api.get
    @in_mode
    def imported(self):
        return {"imported": [name for name in ("msgspec", "utype") if name in sys.modules]}


def told(asked):
    return {
        "method": asked.method,
        "path": asked.path,
        "url": asked.url,
        "host": asked.host,
        "scheme": asked.scheme,
        "query": {name: asked.query.getlist(name) for name in asked.query},
        "cookies": asked.cookies,
        "user_agent": asked.user_agent,
    }


service = UtilMeta(
    __name__,
    name="request_parameters",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
with_a_key(service)

app = service.application()
