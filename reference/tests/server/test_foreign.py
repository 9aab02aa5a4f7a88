"""Applications that a service mounts: of which kind they are, and what stands between them and the APIs."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import flask
import pytest
from asgi_client import ask, wsgi
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from fastapi import FastAPI
from sanic import Sanic
from script import passes
from starlette.applications import Starlette

from utilmeta.core.server.app_spec import all_but, everything
from utilmeta.core.server.backends.flask import FlaskAdapter
from utilmeta.core.server.backends.starlette import StarletteAdapter
from utilmeta.core.server.backends.starlette_mounts import asgi_of
from utilmeta.core.server.foreign import Kind, kind_of, mountable_kind


async def asgi(scope: Any, receive: Any, send: Any) -> None: ...


class Wrapped:
    def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        return asgi(scope, receive, send)


class Router:
    urls = ()


class Once:
    """Has URL patterns that can be read but once, as those of a NinjaAPI."""

    @property
    def urls(self) -> Any:
        raise AssertionError("they are read when they are mounted")


@pytest.mark.parametrize(
    ("application", "kind"),
    [
        (wsgi, Kind.WSGI),
        (functools.partial(wsgi), Kind.WSGI),
        (flask.Flask("kinds"), Kind.WSGI),
        (WSGIHandler.__new__(WSGIHandler), Kind.WSGI),
        (asgi, Kind.ASGI),
        (Wrapped(), Kind.ASGI),
        (Starlette(), Kind.ASGI),
        (FastAPI(), Kind.ASGI),
        (Sanic("kinds"), Kind.ASGI),
        (ASGIHandler.__new__(ASGIHandler), Kind.ASGI),
        (Router(), Kind.URLS),
        (Once(), Kind.URLS),
        (flask.Flask, None),
        (Router, None),
        (flask, None),
        (0, None),
        ("", None),
        ([], None),
        (lambda: None, None),
    ],
)
def test_the_kind_of_an_application(application: Any, kind: Kind | None) -> None:
    assert kind_of(application) is kind


def test_what_a_backend_does_not_mount_is_refused_with_those_that_do() -> None:
    mountable_kind(wsgi, "starlette", StarletteAdapter.mountable)
    with pytest.raises(TypeError, match="WSGI application, which is mounted on starlette and fastapi, not on flask"):
        mountable_kind(wsgi, "flask", FlaskAdapter.mountable)
    with pytest.raises(TypeError, match="is mounted on django, not on starlette"):
        mountable_kind(Router(), "starlette", StarletteAdapter.mountable)
    with pytest.raises(TypeError, match="mount takes an API class"):
        mountable_kind(None, "starlette", StarletteAdapter.mountable)


def test_paths_of_mounted_applications_are_not_the_apis() -> None:
    takes = all_but(everything, ["/v1", "/é"])
    paths = {"/v1": False, "/v1/a": False, "/v10": True, "/": True, "/é/a": False, "/a/v1": True}
    assert {path: takes(path.encode()) for path in paths} == paths


def test_a_wsgi_application_gets_no_header_that_is_another_ones_double() -> None:
    user = (b"x-user", b"real"), (b"x_user", b"forged")
    _, headers, _ = ask(asgi_of(wsgi), "/a", b"", *user)
    assert headers["x-told"] == str({"SCRIPT_NAME": "", "PATH_INFO": "/a", "HTTP_X_USER": "real"})


TESTS = str(Path(__file__).parents[1])
MOUNTED = """
import sys
sys.path.insert(0, {tests!r})
from asgi_client import ask, wsgi
service = UtilMeta(__name__, name="mounting", backend="starlette", production=False, max_body_size=4)
service.mount(RootAPI, "/api")
service.mount(wsgi, "/v1")
app = service.application()
"""


def mounting(folder: Path, text: str) -> list[str]:
    return passes(folder, MOUNTED.format(tests=TESTS) + text).stdout.splitlines()


def test_it_is_at_its_route_with_its_own_limits(tmp_path: Path) -> None:
    found = mounting(
        tmp_path,
        """
for path in ("/v1/a", "/v1/", "/v10", "/api/v1/a", "/api/hello"):
    status, headers, body = ask(app, path, b"12345")
    print(status, headers.get("x-told", ""), body.decode() if status == 200 else "")
""",
    )
    told = str({"SCRIPT_NAME": "/v1", "PATH_INFO": "/a", "HTTP_X_USER": None})
    assert found == [f"200 {told} 12345", f"200 {told.replace('/a', '/')} 12345", "404  ", "404  ", "405  "]


def test_without_a2wsgi_the_error_says_what_to_install(tmp_path: Path) -> None:
    found = passes(
        tmp_path,
        """
        import sys
        sys.modules["a2wsgi"] = None
        from utilmeta.core.server import dependency
        dependency.importlib.util.find_spec = lambda module: None if module == "a2wsgi" else True
        early = UtilMeta("server", name="mounting", backend="starlette", api=RootAPI, production=True)
        early.mount(lambda environ, start_response: [], "/v1")
        print(error(early.application))
        """,
    ).stdout
    assert found.startswith("DependencyMissing: a2wsgi is not installed")
    assert "pip install 'a2wsgi>=" in found


DJANGO = """
import sys
sys.path.insert(0, {tests!r})
from django.conf import settings
settings.configure(DEBUG=True, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="mounting")
urlpatterns = {patterns}
options = {{"asynchronous": {asynchronous}, "production": False, "max_body_size": 4}}
service = UtilMeta(__name__, name="mounting", backend="django", api=RootAPI, **options)
service.setup()
from django.test import Client
from ninja import NinjaAPI
ninja = NinjaAPI()

@ninja.post("/length")
def length(request):
    return len(request.body)

service.mount(ninja, "/v1")
"""


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_ninja_api_is_below_its_route_with_limits_of_its_own(tmp_path: Path, asynchronous: bool) -> None:
    found = passes(
        tmp_path,
        DJANGO.format(tests=TESTS, patterns="[]", asynchronous=asynchronous)
        + """
import logging
logging.disable()
app = service.application()
client = Client()
for path in ("/v1/length", "/v1/other", "/v10", "/hello"):
    answer = client.post(path, b"12345", content_type="text/plain")
    print(answer.status_code, answer.content.decode() if answer.status_code == 200 else answer["Content-Type"])
if service.asynchronous:
    from asgi_client import ask
    print(*ask(app, "/v1/length", b"12345")[::2])
""",
    ).stdout.splitlines()
    own = ["200 5", "404 text/html; charset=utf-8", "404 application/problem+json", "405 application/problem+json"]
    assert found == own + (["200 b'5'"] if asynchronous else [])


def test_url_patterns_that_nothing_can_be_added_to_are_refused(tmp_path: Path) -> None:
    text = DJANGO.format(tests=TESTS, patterns="()", asynchronous=False) + "print(error(service.application))"
    assert "urlpatterns of __main__ is a tuple; make it a list" in passes(tmp_path, text).stdout


def test_the_kind_of_an_application_is_looked_for_once(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from utilmeta.core.server import foreign

        looked_at, kind_of = [], foreign.kind_of

        def counted(application):
            looked_at.append(application)
            return kind_of(application)

        foreign.kind_of = counted

        def wsgi(environ, start_response): ...

        service = UtilMeta(__name__, backend="starlette", api=RootAPI, route="/api")
        service.mount(wsgi, "/old")
        service.application()
        assert looked_at == [wsgi]
        """,
    )
