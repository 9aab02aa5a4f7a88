"""The service that `python -m conformance attacks` attacks: endpoints to harm, and one never to be reached.

The file SCENARIO_EVENTS has what `mark` and the guarded endpoint were reached with. Middleware of the framework guards
the latter, by `service.canonical_path`, or by the framework's own path where the service has no such method.

No answer may show SCENARIO_SECRET. Without SCENARIO_PRODUCTION the service does not say `production`. SCENARIO_ALLOWED
are its `allowed_hosts`.
"""

import asyncio
import inspect
import json
import os
import time
from typing import Any, Dict, List, Set

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.response import Response

EVENTS = os.environ.get("SCENARIO_EVENTS", os.devnull)
GUARDED = "/api/guarded/place"
STUCK = 3.0  # seconds that an endpoint goes on after its timeout


def note(event, word):
    """One line, whole even when several processes write."""
    descriptor = os.open(EVENTS, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(descriptor, (json.dumps({"event": event, "word": word}) + "\n").encode())
    os.close(descriptor)


def guarded(request, path):
    """Whether the middleware of the framework refuses its request, of which it has this path."""
    if hasattr(service, "canonical_path"):
        path = service.canonical_path(request)
    return path == GUARDED


def guard_django(get_response):
    """Middleware for either mode."""
    from django.http import HttpResponse

    if inspect.iscoroutinefunction(get_response):

        async def answer(request):
            return (
                HttpResponse("guarded", status=403) if guarded(request, request.path) else await get_response(request)
            )
    else:

        def answer(request):
            return HttpResponse("guarded", status=403) if guarded(request, request.path) else get_response(request)

    return answer


guard_django.sync_capable = guard_django.async_capable = True


def guard_flask():
    from flask import request

    @app.before_request
    def guard():
        return ("guarded", 403) if guarded(request, request.path) else None


def guard_starlette():
    from starlette.middleware.base import BaseHTTPMiddleware
    from starlette.responses import PlainTextResponse

    async def dispatch(request, call_next):
        return PlainTextResponse("guarded", 403) if guarded(request, request.url.path) else await call_next(request)

    app.add_middleware(BaseHTTPMiddleware, dispatch=dispatch)


def guard_sanic():
    from sanic.response import text

    @app.on_request
    async def guard(request):
        return text("guarded", 403) if guarded(request, request.path) else None


def guard_tornado():
    """Tornado has no middleware: what looks for a handler refuses the request."""
    from tornado.web import ErrorHandler

    find_handler = app.find_handler

    def guard(request, **more):
        if guarded(request, request.path):
            return app.get_handler_delegate(request, ErrorHandler, {"status_code": 403})
        return find_handler(request, **more)

    app.find_handler = guard


GUARDS = {
    "flask": guard_flask,
    "starlette": guard_starlette,
    "fastapi": guard_starlette,
    "sanic": guard_sanic,
    "tornado": guard_tornado,
}


class GuardedAPI(api.API):
    @api.get
    @in_mode
    def place(self, word: str = request.HeaderParam("X-Word", default="")):
        note("guarded", word)
        return "reached"


class RootAPI(api.API):
    guarded: GuardedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get("mark/{word}")
    @in_mode
    def mark(self, word: str):
        note("mark", word)
        return word

    @api.get("crash/{text}")
    @in_mode
    def crash(self, text: str):
        raise RuntimeError("crashed")

    @api.get("date/{year}-{month}-{day}.html")
    @in_mode
    def date(self, year: str, month: str, day: str):
        return {"year": year, "month": month, "day": day}

    @api.get("pair/{a}-{b}/{c}-{d}/{e}-{f}/end")
    @in_mode
    def pairs(self, a: str, b: str, c: str, d: str, e: str, f: str):
        return "pairs"

    @api.get("pair/{a}/{b}/{c}/{d}")
    @in_mode
    def singles(self, a: str, b: str, c: str, d: str):
        return "singles"

    @api.get("slug/{slug}")
    @in_mode
    def slug(self, slug: str = request.PathParam("[a-z0-9]+(?:-[a-z0-9]+)*")):
        return {"length": len(slug)}

    @api.get
    @in_mode
    def echoed(self, text: str = ""):
        return Response("echoed", headers={"X-Echoed": text})

    @api.get
    @in_mode
    def cookie(self, text: str = ""):
        return Response("set", cookies={"echoed": text})

    @api.get
    @in_mode
    def elsewhere(self, text: str = ""):
        return Response(status=302, headers={"Location": text})

    @api.post
    @in_mode
    def tree(self, data: Any = request.Body):
        return {"read": type(data).__name__}

    @api.post
    @in_mode
    def numbers(self, data: Set[int] = request.Body):
        return {"read": len(data)}

    @api.post
    @in_mode
    def keyed(self, data: Dict[int, int] = request.Body):
        return {"read": len(data)}

    @api.post
    @in_mode
    def form(self, data: Dict[str, List[str]] = request.Body(content_type="application/x-www-form-urlencoded")):
        return {"read": len(data)}

    if ASYNCHRONOUS:

        @api.get(timeout=0.3)
        async def stuck(self):
            await asyncio.sleep(STUCK)
            return "late"

    else:

        @api.get(timeout=0.3)
        def stuck(self):
            time.sleep(STUCK)
            return "late"


service = UtilMeta(
    __name__,
    name="attacks_service",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    api=RootAPI,
    route="/api",
    **({"production": PRODUCTION} if "SCENARIO_PRODUCTION" in os.environ else {}),
    **({"allowed_hosts": os.environ["SCENARIO_ALLOWED"].split(",")} if "SCENARIO_ALLOWED" in os.environ else {}),
    **given(host=str, port=int, graceful_timeout=float),
)
if BACKEND == "django":
    from utilmeta.core.server.backends.django import DjangoSettings

    service.use(DjangoSettings(middleware=[f"{__name__}.guard_django"], secret_key=NONCE))

app = service.application()
if BACKEND in GUARDS:
    GUARDS[BACKEND]()

if __name__ == "__main__":
    service.run()
