"""Responses that endpoints, hooks, plugins, handlers and frameworks change after they were built.

SCENARIO_PRODUCTION is what it says.
"""

import functools
from typing import List

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, queried, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import Conflict

RESERVED = (
    "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Upgrade",
    "X-Request-ID",
)  # fmt: skip

ORIGINS = ("http://one.test", "http://two.test")


class Wrapped(Response):
    result_key = "data"
    message_key = "message"


def changed(response, what, text):
    if what == "status":
        response.status = int(text)
    elif what == "content type":
        response.content_type = text
    else:
        response.headers = {**dict(response.headers), **dict(pairs(what, text))}
    return response


def pairs(what, text):
    """The headers that a response is given: with that value, with that name, or the `reserved` ones and another one."""
    if what == "reserved":
        return [(name, text) for name in (*RESERVED, "X-Own")]
    return [(text, "1") if what == "name" else ("X-Changed", text)]


def put(headers, name, value):
    """Change the headers of a response in place, which are pairs or a mapping."""
    if isinstance(headers, list):
        headers.append((name, value))
    else:
        headers[name] = value


def replace(headers, name, value):
    """Put a header of a response in the place of the first."""
    if isinstance(headers, list):
        headers[0] = (name, value)
    else:
        del headers[next(iter(headers))]
        headers[name] = value


def asked(request):
    """What is to be changed, and the text that it becomes, of which the query has the digits of its UTF-8."""
    return queried(request, "what"), bytes.fromhex(queried(request, "text")).decode()


class Changing(api.Plugin):
    @in_mode
    def process_response(self, response):
        changed(response, *asked(response.request))


class Built(LookupError):
    pass


class HookedAPI(api.API):
    @api.get
    @in_mode
    def get(self):
        return NONCE

    @api.after(get)
    @in_mode
    def after(self, response: Response):
        changed(response, *asked(self.request))


@Changing()
class PluggedAPI(api.API):
    @api.get
    @in_mode
    def get(self):
        return NONCE


class HandledAPI(api.API):
    @api.get
    @in_mode
    def get(self):
        raise Built(NONCE)

    @api.handle(get, Built)
    @in_mode
    def built(self, error):
        return changed(Response(NONCE), *asked(self.request))


def flask_response():
    from flask import make_response

    return make_response(NONCE)


def starlette_response():
    from starlette.responses import PlainTextResponse

    return PlainTextResponse(NONCE)


fastapi_response = starlette_response


def sanic_response():
    from sanic.response import text

    return text(NONCE)


def django_response():
    from django.http import HttpResponse

    return HttpResponse(NONCE)


def native(what, text):
    """A response object of the framework, changed where the framework itself does not look."""
    if what != "status":
        return native_with(pairs(what, text))
    response = globals()[f"{BACKEND}_response"]()
    setattr(response, "status" if BACKEND == "sanic" else "status_code", int(text))
    return response


def native_with(headers):
    """A response object of the framework with these headers, put where the framework itself does not look."""
    response = globals()[f"{BACKEND}_response"]()
    for name, value in headers:
        if BACKEND == "flask":
            response.headers._list.append((name, value))
        elif BACKEND == "django":
            response.headers._store[name.lower()] = (name, value)
        elif BACKEND == "sanic":
            response.headers.add(name, value)
        else:
            response.raw_headers.append((name.encode("latin-1"), value.encode("latin-1")))
    return response


def native_error(headers):
    """An HTTP exception of the framework with these headers."""
    if BACKEND == "flask":
        from werkzeug import exceptions

        error = exceptions.Conflict(NONCE)
        error.get_headers = lambda *_, **__: headers
        return error
    if BACKEND == "sanic":
        from sanic.exceptions import SanicException

        return SanicException(NONCE, 409, headers=dict(headers))
    from starlette.exceptions import HTTPException

    return HTTPException(409, NONCE, dict(headers))


def kept_in_an_exception():
    """An exception of the framework that brings a response, one that is kept."""
    if BACKEND == "flask":
        from werkzeug.exceptions import HTTPException

        return HTTPException(response=kept_native())
    from tornado.web import Finish

    return Finish(kept)


kept = Response(NONCE)
kept_template = Wrapped(NONCE)
kept_error = Conflict(NONCE)


@functools.lru_cache
def kept_native():
    return globals()[f"{BACKEND}_response"]()


class RootAPI(api.API):
    hooked: HookedAPI
    plugged: PluggedAPI
    handled: HandledAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def endpoint(self):
        return changed(Response(NONCE), *asked(self.request))

    @api.get
    @in_mode
    def in_place(self):
        response = Response(NONCE)
        for name, value in pairs(*asked(self.request)):
            put(response.headers, name, value)
        return response

    @api.get
    @in_mode
    def replaced(self):
        response = Response(NONCE, headers={"X-First": "1"})
        (name, value), *others = pairs(*asked(self.request))
        replace(response.headers, name, value)
        for name, value in others:
            put(response.headers, name, value)
        return response

    @api.get
    @in_mode
    def template(self):
        return changed(Wrapped(NONCE), *asked(self.request))

    @api.get
    @in_mode
    def error(self):
        error = Conflict(NONCE)
        what, text = asked(self.request)
        if what == "status":
            error.status = int(text)
        else:
            error.headers = dict(pairs(what, text))
        raise error

    @api.get
    @in_mode
    def native(self):
        return native(*asked(self.request))

    @api.get
    @in_mode
    def built(self):
        return Response(NONCE, headers=pairs(*asked(self.request)))

    @api.get
    @in_mode
    def single(self, name: str, value: List[str]):
        response = Response(NONCE)
        response.headers = [(name, each) for each in value]
        return response

    @api.get("two/{way}")
    @in_mode
    def two(self, way: str, name: List[str], value: List[str]):
        headers = list(zip(name, value, strict=True))
        if way == "error":
            raise Conflict(NONCE, headers=dict(headers))
        if way == "native_error":
            raise native_error(headers)
        if way == "native":
            return native_with(headers)
        response = Wrapped(NONCE) if way == "template" else Response(NONCE)
        response.headers = headers
        return response

    @api.get
    @api.CORS(ORIGINS)
    @in_mode
    def shared(self):
        return kept

    @api.get("shared/{way}")
    @api.CORS(ORIGINS)
    @in_mode
    def shared_otherwise(self, way: str):
        if way == "handled":
            raise Built(NONCE)
        if way == "error":
            raise kept_error
        if way == "raised":
            raise kept_in_an_exception()
        return kept_template if way == "template" else kept_native()

    @api.handle(shared_otherwise, Built)
    @in_mode
    def handled_otherwise(self, error):
        return kept


service = UtilMeta(
    __name__,
    name="security-response",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
with_a_key(service)

app = service.application()

if __name__ == "__main__":
    service.run()
