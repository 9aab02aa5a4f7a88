"""Responses that are changed after they were built: by endpoints, hooks, plugins, handlers, and those of frameworks.

SCENARIO_PRODUCTION is what it says.
"""

from typing import List

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import Conflict

RESERVED = (
    "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Upgrade",
    "X-Request-ID",
)  # fmt: skip


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


def asked(request):
    """What is to be changed, and the text that it becomes, of which the query has the digits of its UTF-8."""
    return request.query["what"][0], bytes.fromhex(request.query["text"][0]).decode()


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
    response = globals()[f"{BACKEND}_response"]()
    if what == "status":
        if BACKEND == "sanic":
            response.status = int(text)
        else:
            response.status_code = int(text)
        return response
    for name, value in pairs(what, text):
        if BACKEND == "flask":
            response.headers._list.append((name, value))
        elif BACKEND == "django":
            response.headers._store[name.lower()] = (name, value)
        elif BACKEND == "sanic":
            response.headers[name] = value
        else:
            response.raw_headers.append((name.encode("latin-1"), value.encode("latin-1")))
    return response


kept = Response(NONCE)


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

    @api.get
    @api.CORS(("http://one.test", "http://two.test"))
    @in_mode
    def shared(self):
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
