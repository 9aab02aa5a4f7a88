"""Responses that are built by hand or put into templates, and exceptions that are answers.

SCENARIO_PRODUCTION is what it says.
"""

import datetime
import functools
from typing import Dict, List

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, apart, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.response import Response
from utilmeta.utils import exceptions

BUILT_IN = {
    "permission": PermissionError,
    "file": FileNotFoundError,
    "implemented": NotImplementedError,
    "timeout": TimeoutError,
    "connection": ConnectionError,
    "recursion": RecursionError,
}


class Wrapped(Response):
    result_key = "data"
    message_key = "note"
    count_key = "total"
    state_key = "state"


class Created(Response):
    result_key = "made"
    status = 201


class Noted(Response):
    result_key = "made"
    message_key = "note"
    status = 201


class Counted(Response):
    result_key = "rows"
    count_key = "of"
    strict = True
    result: List[Dict[str, int]]


class Uncounted(Response):
    result_key = "rows"
    result: List[Dict[str, int]]


class Titled(Response):
    result_key = "titled"
    headers = (("X-Template", "titled"),)


class InnerAPI(api.API):
    """Nothing of its own: the template of the class around it holds."""

    @api.get
    @in_mode
    def outer(self, text: str):
        return text

    @api.get
    @in_mode
    def made(self, text: str):
        return self.response(text, message="made")

    def called(self, text):
        return self.response(text, message="called")


class AssignedAPI(api.API):
    response = Wrapped

    @api.get
    @in_mode
    def assigned(self, text: str):
        return text


class HandledAPI(api.API):
    @api.get
    @in_mode
    def handled(self, text: str):
        raise exceptions.PermissionDenied(text)

    @api.handle("*", exceptions.PermissionDenied)
    @in_mode
    def answered(self, error):
        return Wrapped(error=error)


class NearAPI(api.API):
    class response(Response):
        result_key = "near"

    @api.get
    @in_mode
    def own(self, text: str):
        return text


class TemplateAPI(api.API):
    inner: InnerAPI
    near: NearAPI

    class response(Wrapped):
        pass

    @api.get
    @in_mode
    def text(self, text: str):
        return text

    @api.get
    @in_mode
    def calling(self, text: str):
        return self.inner.called(text)

    @api.get
    @in_mode
    def all(self, text: str, count: int):
        return Wrapped({"text": text}, message=text, count=count, state=f"s{count}")

    @api.get
    @in_mode
    def noted(self, text: str):
        return Wrapped(text, message=text)

    @api.get
    @in_mode
    def plain(self, text: str) -> Response:
        return Response({"text": text})

    @api.get
    @in_mode
    def annotated(self, text: str) -> Response:
        return text

    @api.get
    @in_mode
    def created(self, text: str) -> Created:
        return text

    @api.get
    @in_mode
    def otherwise(self, text: str) -> Created:
        return Created(text, status=202)

    @api.get
    @in_mode
    def titled(self, text: str) -> Titled:
        return text

    @api.get
    @in_mode
    def retitled(self, text: str) -> Titled:
        return Titled(text, headers={"X-More": text, "x-template": text})

    @api.get
    @in_mode
    def strict(self, value: str) -> Counted:
        return [{value: int(value) if value.isdigit() else value}]

    @api.get
    @in_mode
    def lenient(self, value: str) -> Uncounted:
        return [{value: value}]

    @api.get
    @in_mode
    def missing(self, text: str):
        raise exceptions.NotFound(text)

    @api.get
    @in_mode
    def number(self, number: int):
        raise exceptions.Conflict(f"taken: {number}", headers={"X-Number": str(number)})

    @api.get
    @in_mode
    def noted_error(self, number: int) -> Noted:
        raise exceptions.Conflict(f"taken: {number}", headers={"X-Number": str(number)})

    @api.get
    @in_mode
    def crash(self, secret: str):
        raise RuntimeError(f"crashed with {secret}")


class RootAPI(api.API):
    template: TemplateAPI
    assigned: AssignedAPI
    handled: HandledAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def built(self, text: str, status: int):
        return Response(text, status=status, headers={"X-One": text, "X-Two": text}, content_type="application/x.made")

    @api.get
    @in_mode
    def data(self, text: str, status: int):
        return Response({"text": text}, status=status)

    @api.get
    @in_mode
    def own(self, text: str, status: int):
        return self.response({"text": text}, status=status)

    @api.get
    @in_mode
    def pairs(self, text: str):
        return Response({"text": text}, headers=[("X-One", text), ("X-Two", text)], content_type="application/x.made")

    @api.get
    @in_mode
    def plain_cookies(self, one: str, two: str):
        return Response("set", cookies={"one": one, "two": two})

    @api.get
    @in_mode
    def cookies(self, text: str):
        until = datetime.datetime(2031, 2, 3, 4, 5, 6, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
        full = {
            "value": text,
            "max_age": 60,
            "expires": until,
            "path": "/api",
            "domain": "example.com",
            "secure": True,
            "httponly": True,
            "samesite": "strict",
        }
        return Response("set", cookies={"short": text, "full": full})

    @api.get
    @in_mode
    def broken(self, what: str, text: str):
        given = {
            "status": {"status": 99},
            "header": {"headers": {"X-Broken": f"{text}\r\nX-Injected: {text}"}},
            "cookie": {"cookies": {"a;b": text}},
            "path": {"cookies": {"broken": {"value": text, "path": "/;secure"}}},
            "samesite": {"cookies": {"broken": {"value": text, "samesite": "perhaps"}}},
        }
        try:
            return Response(text, **given[what])
        except Exception as error:  # noqa: BLE001 - what it says is looked at
            return {"error": str(error)}

    @api.get
    @in_mode
    def given(self, text: str):
        return Wrapped(error=exceptions.NotFound(text))

    @api.get
    @in_mode
    def otherwise(self, text: str):
        return Wrapped(error=exceptions.NotFound("not this"), message=text, status=409)

    @api.get
    @in_mode
    def error(self, text: str):
        return Response(error=exceptions.NotFound(text, headers={"X-Text": text}))

    @api.get
    @in_mode
    def reworded(self, text: str):
        return Response(error=exceptions.NotFound("not this"), message=text)

    @api.get
    @in_mode
    def raised(self, name: str):
        raise getattr(exceptions, name)()

    @api.get
    @in_mode
    def raises(self, name: str, text: str = ""):
        raise getattr(exceptions, name)(text, headers={"X-Text": text})

    @api.get
    @in_mode
    def statuses(self):
        base = getattr(exceptions, "HTTPError", Exception)
        found = {
            name: getattr(value, "status", None)
            for name, value in vars(exceptions).items()
            if isinstance(value, type) and issubclass(value, base)
        }
        return found

    @api.get
    @in_mode
    def builtin(self, name: str, text: str, own: bool = False):
        kind = type("Own", (BUILT_IN[name],), {}) if own else BUILT_IN[name]
        raise kind(text)

    @api.get
    @in_mode
    def token(self, token: str = request.CookieParam("short")):
        return token


def declared():
    """The errors of templates that cannot be, each in a process of its own."""
    bodies = {
        "message_key": {"message_key": "m"},
        "count_key": {"count_key": "c"},
        "equal": {"result_key": "same", "message_key": "same"},
        "result_key": {"result_key": 7},
        "status": {"result_key": "r", "status": 99},
        "none": {"result_key": "r", "status": 299},
    }
    return {what: apart(functools.partial(declare, body))[0] for what, body in bodies.items()}


def declare(body):
    try:
        RootAPI.response = type("WrongTemplate", (Response,), body)
        service.application()
    except Exception as error:  # noqa: BLE001 - what it says is looked at
        return str(error)
    return ""


service = UtilMeta(
    __name__,
    name="response_templates",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
with_a_key(service)

if NONCE:
    app = service.application()
