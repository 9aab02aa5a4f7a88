"""The words of the framework that the service is on: its HTTP exceptions and its response objects, from endpoints and
hooks. What the backend's framework does not have is another one's. Django is set up on every backend.
"""

import builtins
import http.client
import os
import tempfile

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.core.server.backends.django import DjangoSettings

# A header that no message can hold, as the framework would not say it is.
BROKEN = "a\r\nX-Broken: 1"

after = []  # what ran when a response had been sent


# --- HTTP exceptions: of a status, with a text and headers ---


def flask_error(status, detail, headers):
    from werkzeug.exceptions import HTTPException

    class Error(HTTPException):
        code = status
        description = detail

        def get_headers(self, *args, **named):
            return [*super().get_headers(*args, **named), *headers.items()]

    return Error()


def starlette_error(status, detail, headers):
    from starlette.exceptions import HTTPException

    return HTTPException(status, detail, headers)


def fastapi_error(status, detail, headers):
    from fastapi import HTTPException

    return HTTPException(status, detail, headers)


def sanic_error(status, detail, headers):
    from sanic.exceptions import SanicException

    return SanicException(detail, status, headers=headers)


def tornado_error(status, detail, headers):
    from tornado.web import HTTPError

    return HTTPError(status, reason=detail)


def django_error(status, detail, headers, lazily=False):
    from django.core.exceptions import PermissionDenied
    from django.http import Http404
    from django.utils.functional import lazystr

    return {404: Http404, 403: PermissionDenied}[status](lazystr(detail) if lazily else detail)


def bad_to_django(kind):
    from django.core import exceptions
    from django.http import multipartparser

    return getattr(exceptions, kind, None) or getattr(multipartparser, kind)


def own_error(backend, status, detail, headers=None):
    return globals()[f"{backend}_error"](status, detail, headers or {})


# --- response objects ---


def flask_response(word):
    from flask import make_response

    response = make_response(word.encode(), 201, {"X-Word": word, "Content-Type": "text/x-word"})
    response.set_cookie("a", word)
    response.set_cookie("b", word)
    return response


def starlette_response(word):
    from starlette.background import BackgroundTask
    from starlette.responses import Response as Own

    task = BackgroundTask(after.append, word)
    response = Own(word.encode(), 201, {"X-Word": word}, media_type="text/x-word", background=task)
    response.set_cookie("a", word)
    response.set_cookie("b", word)
    return response


fastapi_response = starlette_response


def sanic_response(word):
    from sanic.response import raw

    response = raw(word.encode(), 201, {"X-Word": word}, "text/x-word")
    response.add_cookie("a", word)
    response.add_cookie("b", word)
    return response


def django_response(word):
    from django.http import HttpResponse

    response = HttpResponse(word.encode(), status=201, headers={"X-Word": word, "Content-Type": "text/x-word"})
    response.set_cookie("a", word)
    response.set_cookie("b", word)
    return response


def flask_stream(word):
    from flask import Response as Own

    return Own(iter([word]))


def starlette_stream(word):
    from starlette.responses import StreamingResponse

    return StreamingResponse(iter([word]))


fastapi_stream = starlette_stream


def sanic_stream(word):
    from sanic.response import ResponseStream

    async def stream(response):
        await response.write(word)

    return ResponseStream(stream)


def django_stream(word):
    from django.http import StreamingHttpResponse

    return StreamingHttpResponse(iter([word]))


def written(content):
    """The path of a file that holds that."""
    path = os.path.join(tempfile.gettempdir(), f"native_words_{NONCE}.txt")
    with open(path, "w") as file:
        file.write(content)
    return path


def flask_file(word):
    from flask import send_file

    return send_file(written(word), mimetype="text/x-word")


def starlette_file(word):
    from starlette.responses import FileResponse

    return FileResponse(written(word), media_type="text/x-word")


fastapi_file = starlette_file


def sanic_file(word):
    from sanic.response import raw

    return raw(word, content_type="text/x-word")  # its `file` is a coroutine, which makes this


def django_file(word):
    from django.http import FileResponse

    return FileResponse(open(written(word), "rb"), content_type="text/x-word")


def django_stream_of_a_file(word):
    from django.http import FileResponse

    return FileResponse(iter([word.encode()]), content_type="text/x-word")


def starlette_background(status, word):
    from starlette.background import BackgroundTask
    from starlette.responses import Response as Own

    return Own(status_code=status, headers={"X-Word": word}, background=BackgroundTask(after.append, word))


fastapi_background = starlette_background


def tornado_log_message(status, word):
    from tornado.web import HTTPError

    return HTTPError(status, word)


Group = getattr(builtins, "ExceptionGroup", None)  # until Python 3.11 there is none

OTHER = "flask" if BACKEND != "flask" else "starlette"


class Wrapped(Response):
    result_key = "data"
    message_key = "message"


class HandledAPI(api.API):
    @api.get
    @in_mode
    def error(self, status: int, word: str):
        raise own_error(BACKEND, status, word)

    @api.handle("*")
    @in_mode
    def handle(self, error):
        return {
            "type": f"{error.type.__module__}.{error.type.__name__}",
            "status": error.status,
            "message": error.message,
        }


class AnsweringAPI(api.API):
    """A handler that answers by the error itself."""

    @api.get
    @in_mode
    def error(self, status: int, word: str):
        raise own_error(BACKEND, status, word, {"X-Word": word})

    @api.handle("*")
    @in_mode
    def handle(self, error):
        return Response(error=error)


class RaisingAPI(api.API):
    """Hooks and `__init__` raise, where `at` says so."""

    def __init__(self, request):
        super().__init__(request)
        self.fail_at("init")

    def fail_at(self, place):
        asked = self.request.query
        if asked["at"][0] == place:
            raise own_error(BACKEND, int(asked["status"][0]), asked["word"][0])

    @api.before("*")
    @in_mode
    def earlier(self):
        self.fail_at("before")

    @api.get
    @in_mode
    def error(self):
        return "the endpoint ran"

    @api.after("*")
    @in_mode
    def later(self, response: Response):
        self.fail_at("after")


class TemplatedAPI(api.API):
    @api.get
    @in_mode
    def error(self, status: int, word: str) -> Wrapped:
        raise own_error(BACKEND, status, word)

    @api.get
    @in_mode
    def respond(self, word: str) -> Wrapped:
        return globals()[f"{BACKEND}_response"](word)


class AfterAPI(api.API):
    @api.get
    @in_mode
    def respond(self, word: str):
        return globals()[f"{BACKEND}_response"](word)

    @api.after("*")
    @in_mode
    def change(self, response: Response):
        response.headers.append(("X-After", f"{response.status} {bytes(response.result).decode()}"))


class BeforeAPI(api.API):
    @api.get
    @in_mode
    def respond(self, word: str):
        return "the endpoint ran"

    @api.before("*")
    @in_mode
    def instead(self, word: str):
        return globals()[f"{BACKEND}_response"](word)


@api.CORS("https://other.example")
class CrossedAPI(api.API):
    @api.get
    @in_mode
    def error(self, status: int, word: str):
        raise own_error(BACKEND, status, word)

    @api.get
    @in_mode
    def respond(self, word: str):
        return globals()[f"{BACKEND}_response"](word)


class RootAPI(api.API):
    handled: HandledAPI
    raising: RaisingAPI
    answering: AnsweringAPI
    templated: TemplatedAPI
    after: AfterAPI
    before: BeforeAPI
    crossed: CrossedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def error(self, status: int, word: str):
        raise own_error(BACKEND, status, word, {"X-Word": word})

    @api.get
    @in_mode
    def unheard(self, status: int):
        """A text that only repeats the status, as the frameworks' defaults do."""
        raise own_error(BACKEND, status, http.client.responses[status])

    @api.get
    @in_mode
    def broken(self, word: str):
        raise own_error(BACKEND, 409, word, {"X-Word": BROKEN})

    @api.get
    @in_mode
    def ending(self, word: str):
        """What ends a request in the framework's own way, with an answer of its own."""
        if BACKEND == "flask":
            from flask import abort

            abort(flask_response(word))
        from tornado.web import Finish

        raise Finish({"word": word})

    @api.get
    @in_mode
    def unprocessable(self):
        from fastapi.exceptions import RequestValidationError

        raise RequestValidationError([])

    @api.get
    @in_mode
    def foreign(self, status: int, word: str):
        raise own_error(OTHER, status, word)

    @api.get
    @in_mode
    def grouped(self, kind: str, status: int, word: str):
        """The exceptions of one kind, as a group within a group."""
        if kind == "known":
            return {"known": Group is not None}
        if f"{kind}_error" in globals():
            made = own_error(kind, status, word)
        else:
            made = globals()[kind](status, word) if kind in globals() else bad_to_django(kind)(word)
        raise Group("outer", [Group("inner", [made])])

    @api.get
    @in_mode
    def background(self, status: int, word: str):
        return globals()[f"{BACKEND}_background"](status, word)

    @api.get
    @in_mode
    def stream_of_a_file(self, word: str):
        return globals()[f"{BACKEND}_stream_of_a_file"](word)

    @api.get
    @in_mode
    def django(self, status: int, word: str, lazily: bool = False):
        raise django_error(status, word, {}, lazily)

    @api.get
    @in_mode
    def bad(self, kind: str, word: str):
        raise bad_to_django(kind)(word)

    @api.get
    @in_mode
    def logged(self, status: int, word: str):
        raise globals()[f"{BACKEND}_log_message"](status, word)

    @api.get
    @in_mode
    def respond(self, word: str):
        return globals()[f"{BACKEND}_response"](word)

    @api.get
    @in_mode
    def file(self, word: str):
        return globals()[f"{BACKEND}_file"](word)

    @api.get
    @in_mode
    def stream(self, word: str):
        return globals()[f"{BACKEND}_stream"](word)

    @api.get
    @in_mode
    def foreign_response(self, word: str):
        if OTHER == "flask":
            from flask import Response as Own
        else:
            from starlette.responses import Response as Own
        return Own(word)

    @api.get
    @in_mode
    def ran(self):
        return {"ran": after}


service = UtilMeta(
    __name__,
    name="native_words",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
service.use(DjangoSettings(secret_key=NONCE or "key of a probe"))

app = service.application()

if __name__ == "__main__":
    service.run()
