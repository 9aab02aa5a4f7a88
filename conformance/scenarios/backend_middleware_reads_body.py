"""An application whose middleware reads each request's body before UtilMeta, in the way that the header X-Read names.

SCENARIO_PATTERN is 1 where the API is one of the URL patterns of a Django project.
"""

import inspect
import os
from typing import Any, Dict

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api, request

PATTERN = os.environ.get("SCENARIO_PATTERN") == "1"
LIMIT = 5000

urlpatterns = []  # of the Django application


def attempt(read):
    """Middleware that looks into a body copes with what it does not understand."""
    try:
        return read()
    except Exception:  # noqa: BLE001
        return None


def flask_application():
    from flask import Flask, request

    ways = {
        "form": lambda: request.form,
        "files": lambda: request.files,
        "data": lambda: request.get_data(),
        "json": lambda: request.get_json(silent=True),
        "part": lambda: request.stream.read(5),
        "line": lambda: request.stream.readline(),
    }
    application = Flask("backend_middleware_reads_body")

    @application.before_request
    def before():
        attempt(ways.get(request.headers.get("X-Read"), lambda: None))

    return application


def middleware(get_response):
    """Of the Django application, for either mode."""

    def before(request):
        ways = {
            "form": lambda: request.POST,
            "files": lambda: request.FILES,
            "data": lambda: request.body,
            "part": lambda: request.read(5),
            "line": lambda: request.readline(),
        }
        attempt(ways.get(request.headers.get("X-Read"), lambda: None))

    if inspect.iscoroutinefunction(get_response):

        async def answer(request):
            before(request)
            return await get_response(request)
    else:

        def answer(request):
            before(request)
            return get_response(request)

    return answer


middleware.sync_capable = middleware.async_capable = True


def django_application():
    import django
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.core.wsgi import get_wsgi_application

    settings.configure(
        ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY=NONCE or "-", MIDDLEWARE=[f"{__name__}.middleware"]
    )
    django.setup()
    return get_asgi_application() if ASYNCHRONOUS else get_wsgi_application()


def asgi_parts():
    from starlette.middleware import Middleware
    from starlette.middleware.base import BaseHTTPMiddleware
    from starlette.requests import Request

    async def dispatch(request, call_next):
        way = request.headers.get("X-Read")
        if way == "data":
            await request.body()
        elif way in ("form", "files"):
            try:
                await request.form()
            except AssertionError:  # its parser is not installed
                async for _ in request.stream():
                    pass
        elif way == "part":
            async for _ in request.stream():
                break
        return await call_next(request)

    class Plain:
        """Middleware that hands on the `receive` that it has read."""

        def __init__(self, app):
            self.app = app

        async def __call__(self, scope, receive, send):
            if scope["type"] == "http" and (b"x-read", b"line") in scope["headers"]:
                await Request(scope, receive).body()
            await self.app(scope, receive, send)

    return [Middleware(Plain), Middleware(BaseHTTPMiddleware, dispatch=dispatch)]


def starlette_application():
    from starlette.applications import Starlette

    return Starlette(middleware=asgi_parts())


def fastapi_application():
    from fastapi import FastAPI

    return FastAPI(openapi_url=None, middleware=asgi_parts())


def sanic_application():
    from sanic import Sanic

    application = Sanic("backend_middleware_reads_body", configure_logging=False)
    application.config.TOUCHUP = True

    @application.on_request
    async def before(request):
        ways = {
            "form": lambda: request.form,
            "files": lambda: request.files,
            "json": lambda: request.json,
            "data": lambda: request.body,
        }
        attempt(ways.get(request.headers.get("X-Read"), lambda: None))
        if request.headers.get("X-Read") in ("part", "line"):
            await request.stream.read()

    return application


def tornado_application():
    from tornado.web import Application

    return Application([], autoreload=False)


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.post
    @in_mode
    def whole(self):
        return {"body": self.request.body.decode("latin-1")}

    @api.post
    @in_mode
    def data(self):
        return {"data": self.request.data}

    @api.post
    @in_mode
    def form(self, fields: Dict[str, Any] = request.Form):
        return {"fields": fields}

    @api.post
    @in_mode
    def member(self, a: str = request.BodyParam):
        return {"a": a}


native = globals()[f"{BACKEND}_application"]()
service = UtilMeta(
    __name__,
    name="backend_middleware_reads_body",
    backend="django" if PATTERN else native,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    max_body_size=LIMIT,
    api=RootAPI,
    route="/api",
)
if PATTERN:
    import django

    urlpatterns.append(service.adapt(django))
    app = native
else:
    app = service.application()

if __name__ == "__main__":
    service.run()
