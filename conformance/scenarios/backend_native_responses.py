"""Endpoints and hooks that raise HTTP exceptions of their framework, or return response objects of it.

Where the backend's framework lacks one, it is another framework's. Django is set up on every backend. The exceptions
and responses are made in backend_native_objects.py.
"""

import builtins
import http.client

import backend_native_objects
from backend_native_objects import after, bad_to_django, django_error, flask_response, made, own_error
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, queried
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.core.server.backends.django import DjangoSettings

# A header that no message can hold, as the framework would not say it is.
BROKEN = "a\r\nX-Broken: 1"

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
        if queried(self.request, "at") == place:
            raise own_error(BACKEND, int(queried(self.request, "status")), queried(self.request, "word"))

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
        return made("response", word)


class AfterAPI(api.API):
    @api.get
    @in_mode
    def respond(self, word: str):
        return made("response", word)

    @api.after("*")
    @in_mode
    def change(self, response: Response):
        response.headers["X-After"] = f"{response.status} {bytes(response.result).decode()}"


class BeforeAPI(api.API):
    @api.get
    @in_mode
    def respond(self, word: str):
        return "the endpoint ran"

    @api.before("*")
    @in_mode
    def instead(self, word: str):
        return made("response", word)


@api.CORS("https://other.example")
class CrossedAPI(api.API):
    @api.get
    @in_mode
    def error(self, status: int, word: str):
        raise own_error(BACKEND, status, word)

    @api.get
    @in_mode
    def respond(self, word: str):
        return made("response", word)


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
        own = vars(backend_native_objects)
        if f"{kind}_error" in own:
            error = own_error(kind, status, word)
        else:
            error = own[kind](status, word) if kind in own else bad_to_django(kind)(word)
        raise Group("outer", [Group("inner", [error])])

    @api.get
    @in_mode
    def background(self, status: int, word: str):
        return made("background", status, word)

    @api.get
    @in_mode
    def stream_of_a_file(self, word: str):
        return made("stream_of_a_file", word)

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
        raise made("log_message", status, word)

    @api.get
    @in_mode
    def respond(self, word: str):
        return made("response", word)

    @api.get
    @in_mode
    def file(self, word: str):
        return made("file", word)

    @api.get
    @in_mode
    def stream(self, word: str):
        return made("stream", word)

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
    name="backend_native_responses",
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
