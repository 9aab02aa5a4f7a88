"""An application of the framework, in debug mode, with middleware that is added in one of the framework's ways.

SCENARIO_WAY is one of WAYS of the backend. The middleware raises for a request with the header X-Raise, and answers one
with the header X-Canonical with its canonical path, as JSON. SCENARIO_HANDLER, `answers` or `raises`, is what the
application's own handler of what is not handled otherwise does. The service, with its API at /api, is injected into the
application; with SCENARIO_ADAPTED it is put into it by `adapt`, at /first and at /second/api.
"""

import inspect
import json
import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, flag, given, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

WAY = os.environ.get("SCENARIO_WAY", "")
HANDLER = os.environ.get("SCENARIO_HANDLER")
ADAPTED = "SCENARIO_ADAPTED" in os.environ
RAISED = f"raised {NONCE}"
HANDLED = f"handled {NONCE}"


class NativeError(Exception):
    """What the middleware and the handler raise."""


def seen(request):
    """What the middleware answers by itself; None for what it passes on."""
    if request.headers.get("X-Raise"):
        raise NativeError(RAISED)
    return json.dumps({"path": service.canonical_path(request)}) if request.headers.get("X-Canonical") else None


def handled():
    """The text of the handler's answer."""
    if HANDLER == "raises":
        raise NativeError(RAISED)
    return HANDLED


def flask_application():
    from flask import Flask, Request, Response, request

    application = Flask("middleware")
    application.debug = True
    inner = application.wsgi_app

    def outer(environ, start_response):
        answer = seen(Request(environ))
        return inner(environ, start_response) if answer is None else Response(answer)(environ, start_response)

    def before():
        answer = seen(request)
        return None if answer is None else Response(answer)

    if WAY == "wsgi_app":
        application.wsgi_app = outer
    else:
        application.before_request(before)
    if HANDLER:
        application.register_error_handler(500, lambda error: (handled(), 503))
    return application


class Plain:
    """Middleware of ASGI, without a base class."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        from starlette.requests import Request
        from starlette.responses import PlainTextResponse

        answer = seen(Request(scope)) if scope["type"] == "http" else None
        await (self.app if answer is None else PlainTextResponse(answer))(scope, receive, send)


def asgi_parts():
    """What Starlette and FastAPI are given alike."""
    from starlette.middleware import Middleware
    from starlette.responses import PlainTextResponse

    async def handle(request, error):
        return PlainTextResponse(handled(), 503)

    return {
        "debug": True,
        "middleware": [] if WAY == "add_middleware" else [Middleware(Plain)],
        "exception_handlers": {Exception: handle} if HANDLER else {},
    }


def starlette_application():
    from starlette.applications import Starlette

    application = Starlette(**asgi_parts())
    if WAY == "add_middleware":
        application.add_middleware(Plain)
    return application


def fastapi_application():
    from fastapi import FastAPI

    application = FastAPI(**asgi_parts())
    if WAY == "add_middleware":
        application.add_middleware(Plain)
    return application


def sanic_application():
    from sanic import Sanic
    from sanic.application.constants import Mode
    from sanic.response import text

    application = Sanic("middleware")
    application.state.mode = Mode.DEBUG

    async def before(request):
        answer = seen(request)
        return None if answer is None else text(answer)

    if WAY == "register_middleware":
        application.register_middleware(before)
    else:
        application.on_request(before)
    if HANDLER:

        @application.exception(Exception)
        async def handle(request, error):
            return text(handled(), 503)

    return application


def tornado_application():
    from tornado.web import Application, RequestHandler

    class Tells(RequestHandler):
        def initialize(self, answer):
            self.answer = answer

        def get(self):
            self.finish(self.answer)

    class Watched(Application):
        def find_handler(self, request, **more):
            answer = seen(request)
            if answer is None:
                return super().find_handler(request, **more)
            return self.get_handler_delegate(request, Tells, {"answer": answer})

    return Watched(debug=True, autoreload=False)


urlpatterns = []  # of the Django application, and its 500 page


def handler500(request):
    from django.http import HttpResponse

    return HttpResponse(handled() if HANDLER else "", status=503)


def middleware(get_response):
    """Of the Django application, for either mode."""
    from django.http import HttpResponse

    if inspect.iscoroutinefunction(get_response):

        async def answer(request):
            text = seen(request)
            return await get_response(request) if text is None else HttpResponse(text)
    else:

        def answer(request):
            text = seen(request)
            return get_response(request) if text is None else HttpResponse(text)

    return answer


middleware.sync_capable = middleware.async_capable = True


def django_application():
    import django
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.core.wsgi import get_wsgi_application

    settings.configure(
        DEBUG=True,
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        SECRET_KEY=NONCE,
        MIDDLEWARE=[f"{__name__}.middleware"],
    )
    django.setup()
    return get_asgi_application() if ASYNCHRONOUS else get_wsgi_application()


class RootAPI(api.API):
    """Has endpoints whose names begin with the text of the root route, or are it."""

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def apiary(self):
        return NONCE

    @api.get("api")
    @in_mode
    def again(self):
        return NONCE


def adapted(application):
    """The application, which has the API in two places."""
    if BACKEND == "tornado":
        import tornado

        application.add_handlers(r".*", [service.adapt(tornado, route=route) for route in ROUTES])
    elif BACKEND == "django":
        import django

        urlpatterns.extend(service.adapt(django, route=route) for route in ROUTES)
    else:
        for route in ROUTES:
            service.adapt(application, route=route)
    return application


ROUTES = ("/first", "/second/api")
made = globals()[f"{BACKEND}_application"]()
service = UtilMeta(
    __name__,
    name="middleware",
    backend=BACKEND if ADAPTED else made,
    asynchronous=ASYNCHRONOUS,
    api=RootAPI,
    route="/" if ADAPTED else "/api",
    **given(production=flag),
)
app = adapted(made) if ADAPTED else service.application()
