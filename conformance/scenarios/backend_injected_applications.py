"""Applications of each framework, with everything that a framework lets its user give one.

They have middleware, a setting, a 404 page and an error handler of their own, a lifespan where the framework knows one,
and native routes. The middleware adds the header X-Native to what it sees, and answers by itself a request that has the
header X-Deny. With SCENARIO_MOUNTED the route that takes every path is an application mounted at `/`.
"""

import inspect
import json
import os
import sys
from contextvars import ContextVar

from scenario import ASYNCHRONOUS, BACKEND, NONCE

MOUNTED = "SCENARIO_MOUNTED" in os.environ
DENIED = f"denied {NONCE}"
HANDLED = f"handled {NONCE}"
NO_PAGE = f"no page {NONCE}"
CAUGHT = f"caught {NONCE}"

seen = []  # by the middleware: method, path, the X-Word header, the length of the body, the status of the response
state = {"setting": None, "lifespan": None, "hook": None}


passed = ContextVar("passed")  # set by the middleware, to the X-Word header


class NativeError(Exception):
    """What a native route raises."""


def note(event):
    with open(os.environ["SCENARIO_EVENTS"], "a") as journal:
        journal.write(json.dumps({"event": event}) + "\n")


def saw(method, path, word, length, status):
    seen.append({"method": method, "path": path, "word": word, "length": length, "status": status})


def told():
    """What the route /native answers."""
    return json.dumps({**state, "seen": seen})


def native(word=None):
    return f"native {word or NONCE}"


def flask_application():
    from flask import Flask, Response, request

    application = Flask("backend_injected")
    application.config["OWN"] = NONCE

    @application.before_request
    def before():
        request.environ["length"] = len(request.get_data())
        passed.set(request.headers.get("X-Word"))
        return Response(DENIED, 403) if "X-Deny" in request.headers else None

    @application.after_request
    def after(response):
        word = request.headers.get("X-Word")
        saw(request.method, request.path, word, request.environ["length"], response.status_code)
        response.headers["X-Native"] = NONCE
        return response

    @application.errorhandler(404)
    def not_found(error):
        return NO_PAGE, 404

    @application.errorhandler(NativeError)
    def handled(error):
        return HANDLED, 418

    def tell():
        state["setting"] = application.config["OWN"]
        return Response(told(), mimetype="application/json")

    def fails():
        raise NativeError

    def add(path, function):
        application.add_url_rule(path.replace("{word}", "<word>"), path, function, methods=["GET"])

    add("/native", tell)
    add("/native/fails", fails)
    return application, lambda path: add(path, native), lambda: add("/<path:rest>", lambda rest: CAUGHT)


def asgi_parts():
    """What Starlette and FastAPI are given alike."""
    from contextlib import asynccontextmanager

    from starlette.middleware import Middleware
    from starlette.middleware.base import BaseHTTPMiddleware
    from starlette.responses import PlainTextResponse

    async def dispatch(request, call_next):
        length = len(await request.body())
        passed.set(request.headers.get("X-Word"))
        response = PlainTextResponse(DENIED, 403) if "X-Deny" in request.headers else await call_next(request)
        saw(request.method, request.url.path, request.headers.get("X-Word"), length, response.status_code)
        response.headers["X-Native"] = NONCE
        return response

    async def not_found(request, error):
        return PlainTextResponse(NO_PAGE, 404)

    async def handled(request, error):
        return PlainTextResponse(HANDLED, 418)

    @asynccontextmanager
    async def lifespan(application):
        state["lifespan"] = NONCE
        note("lifespan begins")
        yield
        note("lifespan ends")

    return {
        "middleware": [Middleware(BaseHTTPMiddleware, dispatch=dispatch)],
        "exception_handlers": {404: not_found, NativeError: handled},
        "lifespan": lifespan,
    }


def starlette_application():
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse, Response
    from starlette.routing import Mount, Route

    async def tell(request):
        state["setting"] = request.app.state.own
        return Response(told(), media_type="application/json")

    async def fails(request):
        raise NativeError

    async def answer(request):
        return PlainTextResponse(native(request.path_params.get("word")))

    async def caught(request):
        return PlainTextResponse(CAUGHT)

    application = Starlette(routes=[Route("/native", tell), Route("/native/fails", fails)], **asgi_parts())
    application.state.own = NONCE

    def catch():
        if MOUNTED:
            application.routes.append(Mount("/", PlainTextResponse(CAUGHT)))
        else:
            application.routes.append(Route("/{rest:path}", caught))

    return application, lambda path: application.routes.append(Route(path, answer)), catch


def fastapi_application():
    from fastapi import FastAPI
    from fastapi.responses import PlainTextResponse, Response

    application = FastAPI(title=NONCE, **asgi_parts())

    @application.get("/native")
    async def tell():
        state["setting"] = application.openapi()["info"]["title"]
        return Response(told(), media_type="application/json")

    @application.get("/native/fails")
    async def fails():
        raise NativeError

    async def answer(word: str = ""):
        return PlainTextResponse(native(word))

    async def caught(rest: str):
        return PlainTextResponse(CAUGHT)

    def catch():
        if MOUNTED:
            application.mount("/", PlainTextResponse(CAUGHT))
        else:
            application.get("/{rest:path}")(caught)

    return application, lambda path: application.get(path)(answer), catch


def sanic_application():
    from sanic import Sanic
    from sanic.exceptions import NotFound
    from sanic.response import raw, text

    application = Sanic("backend_injected")
    application.config.OWN = NONCE

    @application.on_request
    async def before(request):
        passed.set(request.headers.get("X-Word"))
        return text(DENIED, 403) if "X-Deny" in request.headers else None

    @application.on_response
    async def after(request, response):
        saw(request.method, request.path, request.headers.get("X-Word"), len(request.body), response.status)
        response.headers["X-Native"] = NONCE

    @application.exception(NotFound)
    async def not_found(request, error):
        return text(NO_PAGE, 404)

    @application.exception(NativeError)
    async def handled(request, error):
        return text(HANDLED, 418)

    @application.before_server_start
    async def begin(application):
        state["lifespan"] = NONCE
        note("lifespan begins")

    @application.after_server_stop
    async def end(application):
        note("lifespan ends")

    async def tell(request):
        state["setting"] = application.config.OWN
        return raw(told(), content_type="application/json")

    async def fails(request):
        raise NativeError

    async def answer(request, word=None):
        return text(native(word))

    async def caught(request, rest):
        return text(CAUGHT)

    def add(path, function=answer):
        name = "".join(character for character in path if character.isalnum())
        application.add_route(function, path.replace("{word}", "<word:str>"), name=name)

    add("/native", tell)
    add("/native/fails", fails)
    return application, add, lambda: application.add_route(caught, "/<rest:path>", name="caught")


def tornado_application(*rules):
    from tornado.web import Application, OutputTransform, RequestHandler

    class Base(RequestHandler):
        def write_error(self, status_code, **kwargs):
            self.set_status(418)
            self.finish(HANDLED)

    class Tell(Base):
        def get(self):
            state["setting"] = self.settings["own"]
            self.set_header("Content-Type", "application/json")
            self.finish(told())

    class Fails(Base):
        def get(self):
            raise NativeError

    class Answer(Base):
        def get(self, word=None):
            self.finish(native(word))

    class Caught(Base):
        def get(self, rest=None):
            self.finish(CAUGHT)

    class NotFound(RequestHandler):
        def prepare(self):
            self.set_status(404)
            self.finish(NO_PAGE)

    class Transform(OutputTransform):
        def transform_first_chunk(self, status_code, headers, chunk, finishing):
            headers["X-Native"] = NONCE
            return status_code, headers, chunk

    def log(handler):
        request = handler.request
        saw(request.method, request.path, request.headers.get("X-Word"), len(request.body or b""), handler.get_status())

    application = Application(
        [(r"/native", Tell), (r"/native/fails", Fails), *rules],
        transforms=[Transform],
        own=NONCE,
        log_function=log,
        default_handler_class=NotFound,
        autoreload=False,
    )

    def add(path):
        application.add_handlers(r".*", [(path.replace("{word}", "([^/]+)"), Answer)])

    return application, add, lambda: application.add_handlers(r".*", [(r"/(.*)", Caught)])


urlpatterns = []  # of the Django application, and its 404 page


def handler404(request, exception):
    from django.http import HttpResponse

    return HttpResponse(NO_PAGE, status=404)


def middleware(get_response):
    """Of the Django application, for either mode."""
    from django.http import HttpResponse

    def denied(request):
        request.length = len(request.body)
        passed.set(request.headers.get("X-Word"))
        return HttpResponse(DENIED, status=403) if "X-Deny" in request.headers else None

    def after(request, response):
        saw(request.method, request.path, request.headers.get("X-Word"), request.length, response.status_code)
        response["X-Native"] = NONCE
        return response

    if inspect.iscoroutinefunction(get_response):

        async def answer(request):
            return after(request, denied(request) or await get_response(request))
    else:

        def answer(request):
            return after(request, denied(request) or get_response(request))

    def process_exception(request, error):
        return HttpResponse(HANDLED, status=418) if isinstance(error, NativeError) else None

    answer.process_exception = process_exception
    return answer


middleware.sync_capable = middleware.async_capable = True


def django_application(urlconf):
    import django
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import path as pattern

    settings.configure(
        ROOT_URLCONF=urlconf,
        ALLOWED_HOSTS=["*"],
        SECRET_KEY=NONCE,
        MIDDLEWARE=[f"{__name__}.middleware"],
        OWN=NONCE,
    )
    django.setup()

    def tell(request):
        state["setting"] = settings.OWN
        return HttpResponse(told(), content_type="application/json")

    def fails(request):
        raise NativeError

    def answer(request, word=None):
        return HttpResponse(native(word))

    def caught(request, rest):
        return HttpResponse(CAUGHT)

    def patterns():
        return sys.modules[urlconf].urlpatterns

    def add(path, function=answer):
        patterns().append(pattern(path[1:].replace("{word}", "<word>"), function))

    add("/native", tell)
    add("/native/fails", fails)
    application = get_asgi_application() if ASYNCHRONOUS else get_wsgi_application()
    return application, add, lambda: patterns().append(pattern("<path:rest>", caught))


def made(urlconf):
    """The application, a function that adds a native route, and one that adds the route that takes every path.

    `urlconf` names the module that has Django's `urlpatterns`: that of the service, as in a user's project.
    """
    make = globals()[f"{BACKEND}_application"]
    return make(urlconf) if BACKEND == "django" else make()
