"""Headers of responses: set in hooks and endpoints, read again, and checked by strict templates."""

import json
from typing import Dict, TypedDict

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, queried, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import Conflict, NotFound

try:
    import utype
except ImportError:
    utype = None

MISREAD = {"number": 5, "zero": 0, "text": "X-One: 1", "texts": ["ab"], "singles": [("X-One",)], "false": False}


class HookedAPI(api.API):
    """Mounted as `hooked`: an after hook sets headers."""

    @api.get
    @in_mode
    def text(self, text: str):
        return {"text": text}

    @api.get
    @in_mode
    def built(self, text: str):
        return Response({"text": text}, headers={"X-Text": "before"})

    @api.after("*")
    @in_mode
    def sets(self, response: Response):
        response.headers["X-Text"] = queried(self.request, "text")
        response.headers["X-Number"] = int(queried(self.request, "number"))
        response.headers["X-Part"] = float(queried(self.request, "part"))


class MappedAPI(api.API):
    """Mounted as `mapped`: an endpoint changes the headers of its Response, and tells what it found."""

    @api.get
    @in_mode
    def changed(self, text: str):
        response = Response("changed", headers=[("X-Old", "old"), ("x-gone", "gone"), ("X-Both", "1"), ("X-Both", "2")])
        headers = response.headers
        seen = [headers["x-OLD"], headers.get("X-None"), "X-GONE" in headers, headers.getlist("x-both")]
        headers["x-old"] = text
        del headers["X-Gone"]
        headers.add("Set-Cookie", "one=" + text)
        headers.add("Set-Cookie", "two=" + text)
        seen += [headers["X-Old"], "x-gone" in headers, len(headers.getlist("set-cookie"))]
        headers["X-Seen"] = json.dumps(seen)
        return response

    @api.get
    @in_mode
    def replaced(self, text: str):
        spellings = ("X-Many", "x-many", "X-MANY", "X-Kept", "X-maNY")
        response = Response("replaced", headers=[(name, str(at)) for at, name in enumerate(spellings)])
        response.headers["x-Many"] = text
        return response

    @api.get
    @in_mode
    def deleted(self, text: str):
        spellings = ("X-Many", "x-many", "X-MANY", "X-Kept", "X-maNY")
        response = Response("deleted", headers=[(name, text) for name in spellings])
        del response.headers["x-Many"]
        return response

    @api.get
    @in_mode
    def assigned(self, text: str, pairs: bool):
        response = Response("assigned", headers={"X-Old": "old"})
        headers = {"X-One": text, "X-Number": 0}
        response.headers = list(headers.items()) if pairs else headers
        response.headers["X-Two"] = response.headers["x-one"]
        return response

    @api.get
    @in_mode
    def refused(self, name: str, value: str, way: str):
        response = Response("refused", headers={"X-Old": "old"})
        try:
            if way == "set":
                response.headers[name] = value
            elif way == "added":
                response.headers.add(name, value)
            elif way == "beside":
                response.headers[name] = "first"
                response.headers.add(name.swapcase(), value)
            elif way == "twice":
                response.headers = [(name, "first"), (name.swapcase(), value)]
            else:
                response.headers = {name: value}
        except (TypeError, ValueError) as error:
            return {"error": str(error), "left": dict(response.headers)}
        return {"error": "", "left": {}}

    @api.get
    @in_mode
    def misread(self, kind: str):
        response = Response("misread", headers={"X-Old": "old"})
        try:
            response.headers = MISREAD[kind]
        except (TypeError, ValueError) as error:
            return {"error": str(error), "left": dict(response.headers)}
        return {"error": "", "left": {}}


class KindAPI(api.API):
    """Mounted as `kind`: hooks find the Content-Type, and set another one."""

    @api.get
    @in_mode
    def given(self, kind: str, other: str = ""):
        return Response("given", content_type=kind)

    @api.get
    @in_mode
    def among(self, kind: str, other: str = ""):
        return Response("among", headers={"content-TYPE": kind})

    @api.get
    @in_mode
    def assigned(self, kind: str, other: str = ""):
        response = Response("assigned")
        response.headers = {"Content-Type": kind}
        return response

    @api.after("*")
    @in_mode
    def changes(self, response: Response, other: str = ""):
        response.headers["X-First"] = response.headers["Content-Type"]
        if other:
            response.headers["content-type"] = other

    @api.after("*")
    @in_mode
    def finds(self, response: Response):
        found = response.headers.getlist("content-type")
        response.headers["X-Then"] = json.dumps([*found, "Content-Type" in response.headers])


if utype is not None:

    class Size(utype.Schema):
        size: int = utype.Field(alias="X-Size")

    class Sized(Response):
        result_key = "size"
        strict = True
        result: int
        headers: Size

    class Unsized(Response):
        result_key = "size"
        result: int
        headers: Size


class Mapped(Response):
    result_key = "size"
    strict = True
    result: int
    headers: Dict[str, int]


class SizeHeaders(TypedDict):
    x_size: int


class Late(Response):
    result_key = "late"
    message_key = "note"
    strict = True
    headers: SizeHeaders


class CheckedAPI(api.API):
    """Mounted as `checked`: what strict templates say of headers."""

    if utype is not None:

        @api.get
        @in_mode
        def strict(self, size: str) -> Sized:
            return Sized(0, headers={"X-Size": size})

        @api.get
        @in_mode
        def lenient(self, size: str) -> Unsized:
            return Unsized(0, headers={"X-Size": size})

    @api.get
    @in_mode
    def mapped(self, size: str) -> Mapped:
        return Mapped(0, headers={"X-Size": size})

    @api.get
    @in_mode
    def late(self, size: str = "") -> Late:
        return "late"

    @api.get
    @in_mode
    def other(self, size: str = "") -> Late:
        return Response({"other": size})

    @api.get
    @in_mode
    def missing(self, size: str = "") -> Late:
        raise NotFound(size)

    @api.get
    @in_mode
    def failed(self, size: str = "") -> Late:
        return Late(error=Conflict(size))

    @api.after(late)
    @in_mode
    def sizes(self, response: Response, size: str = ""):
        if size:
            response.headers["X-SIZE"] = size


class RootAPI(api.API):
    hooked: HookedAPI
    mapped: MappedAPI
    kind: KindAPI
    checked: CheckedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def libraries(self):
        return {"installed": [] if utype is None else ["utype"]}


service = with_a_key(
    UtilMeta(
        __name__,
        name="response_headers",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
