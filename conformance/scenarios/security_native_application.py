"""A service that is given an application of the framework in debug mode, with middleware and a route of its own.

SCENARIO_PRODUCTION, `0` or `1`, is the service's; without it the application's own flag says. SCENARIO_ROUTE is the
root route in place of /api. The middleware raises for a request with the header X-Raise. With SCENARIO_GUARD it
refuses, with 403, what is below /api/admin by its canonical path, and each request with the header X-Canonical, which
it tells that path as JSON. Tornado has no middleware: there the application's `find_handler` does this.
SCENARIO_SECRET, a variable of the environment and on Django a setting, is what no answer holds. SCENARIO_STRICT, `0` or
`1`, is the preference `strict_root_route`.
"""

import inspect
import json
import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, flag, given, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

GUARD = "SCENARIO_GUARD" in os.environ
SECRET = os.environ.get("SCENARIO_SECRET", "")
RAISED = f"raised {NONCE}"
DENIED = f"denied {NONCE}"


class NativeError(Exception):
    """What a native route or middleware raises."""


def denial(request):
    """What the middleware refuses the request with, None where it does not; raises NativeError where it is asked to."""
    secret = os.environ.get("SCENARIO_SECRET")  # noqa: F841 - what pages show that show local variables
    if request.headers.get("X-Raise"):
        raise NativeError(RAISED)
    if not GUARD:
        return None
    path = service.canonical_path(request)
    if request.headers.get("X-Canonical"):
        return json.dumps({"path": path})
    return DENIED if path is not None and (path == "/api/admin" or path.startswith("/api/admin/")) else None


def flask_application():
    from flask import Flask, Response, request

    application = Flask("security_native_application")
    application.debug = True

    @application.before_request
    def before():
        denied = denial(request)
        return None if denied is None else Response(denied, 403)

    @application.get("/native/fails")
    def fails():
        raise NativeError(RAISED)

    return application


def asgi_middleware():
    from starlette.middleware import Middleware
    from starlette.middleware.base import BaseHTTPMiddleware
    from starlette.responses import PlainTextResponse

    async def dispatch(request, call_next):
        if (denied := denial(request)) is not None:
            return PlainTextResponse(denied, 403)
        return await call_next(request)

    return [Middleware(BaseHTTPMiddleware, dispatch=dispatch)]


async def native_fails(request):
    raise NativeError(RAISED)


def starlette_application():
    from starlette.applications import Starlette
    from starlette.routing import Route

    return Starlette(debug=True, routes=[Route("/native/fails", native_fails)], middleware=asgi_middleware())


def fastapi_application():
    from fastapi import FastAPI

    application = FastAPI(debug=True, middleware=asgi_middleware())

    @application.get("/native/fails")
    async def fails():
        raise NativeError(RAISED)

    return application


def sanic_application():
    from sanic import Sanic
    from sanic.application.constants import Mode
    from sanic.response import text

    application = Sanic("security_native_application")
    application.state.mode = Mode.DEBUG

    @application.on_request
    async def before(request):
        denied = denial(request)
        return None if denied is None else text(denied, 403)

    application.add_route(native_fails, "/native/fails")
    return application


def tornado_application():
    from tornado.web import Application, RequestHandler

    class Guarded(Application):
        def find_handler(self, request, **more):
            if (denied := denial(request)) is not None:
                return self.get_handler_delegate(request, Denies, {"denied": denied})
            return super().find_handler(request, **more)

    class Denies(RequestHandler):
        def initialize(self, denied):
            self.denied = denied

        def get(self):
            self.set_status(403)
            self.finish(self.denied)

    class Fails(RequestHandler):
        def get(self):
            raise NativeError(RAISED)

    return Guarded([(r"/native/fails", Fails)], debug=True, autoreload=False, xsrf_cookies=True)


urlpatterns = []  # of the Django application


def middleware(get_response):
    """Of the Django application, for either mode."""
    from django.http import HttpResponse

    if inspect.iscoroutinefunction(get_response):

        async def answer(request):
            if (denied := denial(request)) is not None:
                return HttpResponse(denied, status=403)
            len(request.POST)  # which refuses too many fields
            return await get_response(request)
    else:

        def answer(request):
            if (denied := denial(request)) is not None:
                return HttpResponse(denied, status=403)
            len(request.POST)  # which refuses too many fields
            return get_response(request)

    return answer


middleware.sync_capable = middleware.async_capable = True


def django_application():
    import django
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.core.wsgi import get_wsgi_application
    from django.urls import path

    settings.configure(
        DEBUG=True,
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        SECRET_KEY=NONCE,
        MIDDLEWARE=["django.middleware.common.CommonMiddleware", f"{__name__}.middleware"],
        OWN_ADDRESS=SECRET,
        DATA_UPLOAD_MAX_NUMBER_FIELDS=3,
    )
    django.setup()

    def fails(request):
        raise NativeError(RAISED)

    urlpatterns.append(path("native/fails", fails))
    return get_asgi_application() if ASYNCHRONOUS else get_wsgi_application()


class AdminAPI(api.API):
    @api.get
    @in_mode
    def users(self):
        return f"users {NONCE}"


class RootAPI(api.API):
    admin: AdminAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def crash(self):
        raise NativeError(RAISED)


service = UtilMeta(
    __name__,
    name="security_native_application",
    backend=globals()[f"{BACKEND}_application"](),
    asynchronous=ASYNCHRONOUS,
    api=RootAPI,
    **{"route": "/api", **given(production=flag, route=str, host=str, port=int)},
)

if "SCENARIO_STRICT" in os.environ:
    from utilmeta.conf import Preference

    service.use(Preference(strict_root_route=flag(os.environ["SCENARIO_STRICT"])))

app = service.application()

if __name__ == "__main__":
    service.run()
