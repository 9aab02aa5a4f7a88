"""A service that mounts applications of WSGI and ASGI, and probes of what it does not mount.

With SCENARIO_SERVED they are at `/v1` and `/v2`, beside an API at SCENARIO_ROUTE or `/`. With SCENARIO_ALONE there is
no API, and the one of that kind is at `/api`.
"""

import json
import os

import native_framework
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode, raised
from utilmeta import UtilMeta
from utilmeta.core import api

JSON = "application/json"


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE


def answer(path, told):
    """The status and the body of either application."""
    if path == "/nonce":
        return 200, NONCE.encode()
    if path == "/missing":
        return 404, f"no page {NONCE}".encode()
    return 200, json.dumps(told).encode()


def wsgi(environ, start_response):
    told = {
        "kind": "wsgi",
        "route": environ["SCRIPT_NAME"],
        "path": environ["PATH_INFO"],
        "query": environ["QUERY_STRING"],
        "method": environ["REQUEST_METHOD"],
        "body": environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode(),
        "user": environ.get("HTTP_X_USER"),
    }
    status, body = answer(environ["PATH_INFO"], told)
    headers = [("Content-Type", JSON), ("Content-Length", str(len(body))), ("X-Kind", "wsgi")]
    headers += [("Set-Cookie", f"{name}=1") for name in ("first", "second")]
    start_response(f"{status} Whatever", headers)
    return [body]


async def asgi(scope, receive, send):
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    path = scope["path"].removeprefix(scope["root_path"])
    told = {
        "kind": "asgi",
        "route": scope["root_path"],
        "path": path,
        "query": scope["query_string"].decode(),
        "method": scope["method"],
        "body": body.decode(),
    }
    status, content = answer(path, told)
    headers = [(b"content-type", JSON.encode()), (b"content-length", b"%d" % len(content)), (b"x-kind", b"asgi")]
    headers += [(b"set-cookie", name + b"=1") for name in (b"first", b"second")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


class Router:
    """Has URL patterns of Django, as a NinjaAPI has."""

    @property
    def urls(self):
        return []


class OfClass:
    """What is an application when it is called with a scope, and not its class."""

    async def __call__(self, scope, receive, send):
        await asgi(scope, receive, send)


def made(**options):
    return UtilMeta(
        __name__,
        **{
            "name": "migration_mounted",
            "backend": BACKEND,
            "asynchronous": ASYNCHRONOUS,
            "production": PRODUCTION,
            **options,
        },
    )


def refused():
    """What is said of an application of a kind that the backend does not mount, and of what is none."""
    service = made(api=RootAPI)
    others = {
        "wsgi": wsgi,
        "asgi": asgi,
        "urls": Router(),
        "a class": Router,
        "a class of ASGI": OfClass,
        "a number": 0,
        "a list": [None],
    }
    return {
        name: raised(lambda other=other, number=number: service.mount(other, f"/v{number}"))
        for number, (name, other) in enumerate(others.items())
    }


def contradicted(by):
    """What is said of an application that another one excludes, that hides the root API, or that `adapt` would drop."""
    other = Router() if BACKEND == "django" else wsgi
    application = native_framework.application(BACKEND)
    service = made(api=RootAPI, route="/api/v1", **({"backend": application} if by == "adapt" else {}))

    def contradict():
        service.mount(other, "/api" if by == "hiding" else "/v1")
        if by == "another":
            service.mount(Router() if BACKEND == "django" else asgi, "/v1/")
        if by == "adapt":
            service.adapt("/clock")
        else:
            service.application()

    return raised(contradict)


if "SCENARIO_ALONE" in os.environ:
    service = made()
    service.mount({"wsgi": wsgi, "asgi": asgi}[os.environ["SCENARIO_ALONE"]], "/api")
    app = service.application()
elif "SCENARIO_SERVED" in os.environ:
    service = made(api=RootAPI, **given(route=str))
    service.mount(wsgi, "/v1")
    service.mount(asgi, "/v2")
    app = service.application()
