"""APIs in applications that are not UtilMeta's: what is decided before a framework is asked, and how two share one."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace
from typing import Any
from wsgiref.util import setup_testing_defaults

import flask
import pytest
import tornado
from tornado.web import Application

from utilmeta.core import api, request
from utilmeta.core.request.servers.django import as_sent, below_pattern
from utilmeta.core.routing.path_ownership import PathOwnership, ownership_of
from utilmeta.core.server.backends.routes import Routes


class WordAPI(api.API):
    @api.get("{word}")
    def word(self, word: str) -> str:
        return word

    @api.post
    def length(self, data: Any = request.Body) -> int:
        return len(data)


class OtherAPI(api.API):
    @api.get("{word}")
    def other(self, word: str) -> str:
        return f"other {word}"

    @api.get
    def fails(self) -> None:
        raise RuntimeError("what nobody is to know")


def claiming(*paths: bytes) -> Any:
    return paths.__contains__


def test_of_two_apis_that_claim_a_path_the_first_has_it() -> None:
    apis = PathOwnership()
    first, _ = apis.join(claiming(b"/a", b"/b"), rest=False)
    second, takes = apis.join(claiming(b"/b", b"/c"), rest=False)
    assert [first(path) for path in (b"/a", b"/b", b"/c", b"/d")] == [True, True, False, False]
    assert [second(path) for path in (b"/a", b"/b", b"/c", b"/d")] == [False, False, True, False]
    assert not takes(b"/d")


def test_what_nobody_knows_is_left_to_whoever_claims_it_before_or_after() -> None:
    apis = PathOwnership()
    apis.join(claiming(b"/before"), rest=False)
    claims, takes = apis.join(claiming(b"/own"), rest=True)
    apis.join(claiming(b"/after"), rest=False)
    assert [takes(path) for path in (b"/before", b"/own", b"/after", b"/unknown")] == [False, True, False, True]
    assert not claims(b"/unknown")


def test_each_application_has_path_ownership_of_its_own() -> None:
    one, other = object(), object()
    assert ownership_of(one) is ownership_of(one)
    assert ownership_of(one) is not ownership_of(other)


def test_routes_are_arranged_by_each_api_in_its_turn() -> None:
    first = Routes([3, 1], sorted)
    second = Routes(first, lambda routes: [*routes, 9] if 9 not in routes else routes)
    second.append(2)
    assert list(second) == [1, 2, 3, 9]


@pytest.mark.parametrize(
    ("path_info", "sent"),
    [("/calc/é", "/calc/é".encode()), ("/calc/%41", b"/calc/%41"), ("/calc/%FFa", b"/calc/\xffa")],
    ids=["text", "percent-encoded twice", "no UTF-8"],
)
def test_a_path_that_django_has_made_a_text_of_is_bytes_again(path_info: str, sent: bytes) -> None:
    assert as_sent(path_info).encode("latin-1") == sent


@pytest.mark.parametrize(
    ("path_info", "rest", "left"),
    [
        ("/calc/add", "calc/add", b"/calc/add"),
        ("/v1/é/calc/add", "calc/add", b"/calc/add"),
        ("/v1/calc", "calc", b"/calc"),
    ],
)
def test_below_other_url_patterns_the_path_begins_at_the_api(path_info: str, rest: str, left: bytes) -> None:
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ["PATH_INFO"] = path_info
    threaded = below_pattern(SimpleNamespace(environ=environ, path_info=path_info), rest)
    scope = {"method": "GET", "path": path_info, "query_string": b"", "headers": []}
    looped = below_pattern(SimpleNamespace(scope=scope, path_info=path_info), rest)
    assert threaded.path_bytes() == looped.path_bytes() == left


def application(debug: bool = False) -> Any:
    made = flask.Flask("native")
    made.debug = debug
    made.add_url_rule("/native", "native", lambda: "native")
    return made


def test_a_flask_application_takes_several_and_keeps_its_own_404() -> None:
    native = application()
    assert WordAPI.__as__(native, route="/words") is native
    OtherAPI.__as__(native, route="others")
    client = native.test_client()
    found = [client.get(path) for path in ("/words/a", "/others/a", "/native", "/a", "/words/a/b")]
    assert [answer.status_code for answer in found] == [200, 200, 200, 404, 404]
    assert [answer.text for answer in found[:3]] == ["a", "other a", "native"]
    assert [answer.mimetype for answer in found[3:]] == ["text/html", "application/problem+json"]


def test_without_a_service_the_limit_is_the_default_and_debug_the_applications() -> None:
    native = application()
    WordAPI.__as__(native, route="/words")
    OtherAPI.__as__(native, route="/others")
    client = native.test_client()
    length = {"CONTENT_LENGTH": str(10 * 1024 * 1024 + 1)}
    answer = client.post("/words/length", content_type="application/json", environ_overrides=length)
    assert answer.status_code == 413
    assert "nobody" not in client.get("/others/fails").text
    debugged = application(debug=True)
    OtherAPI.__as__(debugged)
    assert "nobody" in debugged.test_client().get("/fails").text


def test_an_api_at_the_root_claims_no_more_than_its_endpoints() -> None:
    native = application()
    OtherAPI.__as__(native)
    client = native.test_client()
    assert (client.get("/native").text, client.get("/a").text) == ("native", "other a")
    assert client.get("/a/b").mimetype == "text/html"


def test_run_of_an_application_stays_its_own_where_there_are_no_hooks() -> None:
    native = application()
    run = native.run
    WordAPI.__as__(native, route="/words")
    assert native.run == run


def test_a_rule_of_tornado_stands_in_the_users_list() -> None:
    rule = WordAPI.__as__(tornado, route="/words")
    made = Application([(r"/native", Application), rule])
    assert rule in made.wildcard_router.rules
    assert rule.matcher.match(SimpleNamespace(path="/words/a")) == {}
    assert rule.matcher.match(SimpleNamespace(path="/others/a")) is None


def test_what_is_no_application_is_refused() -> None:
    with pytest.raises(TypeError, match="flask takes an API into an application; give an instance"):
        WordAPI.__as__(flask)
    with pytest.raises(TypeError, match="target=Flask is a class"):
        WordAPI.__as__(flask.Flask)
    with pytest.raises(TypeError, match="asynchronous takes True or False"):
        WordAPI.__as__(application(), asynchronous=1)  # type: ignore[arg-type]


SERVICE = """
from utilmeta import UtilMeta
from utilmeta.core import api

class RootAPI(api.API):
    @api.get
    def hello(self): return "hello"

service = UtilMeta(__name__, name="adapted", backend={backend!r}, asynchronous=False, production=False, api=RootAPI)
service.on_startup(lambda: print("up"))
service.on_shutdown(lambda: print("down"))
"""
FLASK = """
import flask
app = flask.Flask(__name__)
service.adapt(app, route="/service")
print(app.test_client().get("/service/hello").text)
"""
STARLETTE = """
import asyncio, contextlib
from starlette.applications import Starlette

@contextlib.asynccontextmanager
async def lifespan(app):
    print("native up")
    yield
    print("native down")

app = Starlette(lifespan=lifespan)
service.adapt(app, route="/service")

async def life():
    events = asyncio.Queue()
    for kind in ("startup", "shutdown"):
        events.put_nowait({"type": f"lifespan.{kind}"})
    async def send(message): print(message["type"].removeprefix("lifespan."))
    await app({"type": "lifespan", "state": {}}, events.get, send)

asyncio.run(life())
"""


@pytest.mark.parametrize(
    ("backend", "program", "told"),
    [
        ("flask", FLASK, ["up", "hello", "down"]),
        ("starlette", STARLETTE, ["native up", "up", "startup.complete", "down", "native down", "shutdown.complete"]),
    ],
)
def test_the_hooks_of_an_adapted_service_run_when_its_application_begins_and_ends(
    backend: str, program: str, told: list[str]
) -> None:
    code = SERVICE.format(backend=backend) + program
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    assert done.stdout.splitlines() == told, done.stderr
