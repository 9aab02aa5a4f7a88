"""Calls within a process of an application that is the user's: its lifespan, middleware and routes are in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from script import passes

STARLETTE = """
from contextlib import asynccontextmanager
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import StreamingResponse

@asynccontextmanager
async def lifespan(application):
    log.append("native start")
    yield {"number": 1}
    log.append("native stop")

class Marking(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        response = await call_next(request)
        response.headers["X-Mark"] = "1"
        return response

async def native(request):
    async def parts():
        yield b"a"
        await asyncio.sleep(0.01)
        yield b"b"
    async def later():
        await asyncio.sleep(0.2)
        log.append("background")
    response = StreamingResponse(parts(), headers={"X-Number": str(request.state.number)})
    response.background = later
    return response
"""

APPLICATIONS = {
    "starlette": STARLETTE
    + """
from starlette.applications import Starlette
from starlette.middleware import Middleware
application = Starlette(lifespan=lifespan, middleware=[Middleware(Marking)])
application.add_route("/native", native)
""",
    "fastapi": STARLETTE
    + """
from fastapi import FastAPI
application = FastAPI(lifespan=lifespan)
application.add_middleware(Marking)
application.add_route("/native", native)
""",
    "flask": """
import flask
application = flask.Flask("native")

@application.route("/native")
def native():
    return flask.Response((part for part in ["a", "b"]), headers={"X-Number": "1"})

@application.after_request
def mark(response):
    response.headers["X-Mark"] = "1"
    return response
""",
    "sanic": """
import sanic
application = sanic.Sanic("native")

@application.route("/native")
async def native(request):
    response = await request.respond(headers={"X-Number": "1"})
    await response.send("a")
    await response.send("b")
    await response.eof()

@application.on_response
async def mark(request, response):
    response.headers["X-Mark"] = "1"

@application.before_server_start
async def start(application):
    log.append("native start")

@application.after_server_stop
async def stop(application):
    log.append("native stop")
""",
    "tornado": """
from tornado.web import Application, RequestHandler

class Native(RequestHandler):
    async def get(self):
        self.set_header("X-Number", "1")
        self.set_header("X-Mark", "1")
        self.write("a")
        await self.flush()
        self.write("b")

    async def post(self):
        self.write(self.get_argument("text"))

application = Application([("/native", Native)])
""",
}

CALLED = """
from utilmeta import UtilMeta
from utilmeta.core import api

class RootAPI(api.API):
    @api.get
    def hello(self):
        return "world"

service = UtilMeta(__name__, name="native", backend=application, api=RootAPI, route="/api", port=8123)
service.on_startup(lambda: log.append("start"))
service.on_shutdown(lambda: log.append("stop"))

for _ in range(2):
    with service.test_client(base_url="http://127.0.0.1:8123", default_timeout=10) as client:
        answer = client.get("native")
        data = answer.data.decode() if isinstance(answer.data, bytes) else answer.data
        assert (answer.status, data) == (200, "ab"), answer.data
        assert (answer.headers["x-number"], answer.headers["x-mark"]) == ("1", "1")
        assert client.get("api/hello").data == "world"
        assert client.get("nowhere").status == 404
        other = client.get("http://127.0.0.1:8124/native")
        assert (other.status, type(other.error.__cause__).__name__) == (503, "AnotherOrigin")
        assert "background" not in log
        if "Native" in globals():
            fields = {"Content-Type": "application/x-www-form-urlencoded"}
            assert client.post("native", data="text=a%20b", headers=fields).data == "a b"
    print(log)
    log.clear()
"""


@pytest.mark.parametrize("backend", APPLICATIONS)
def test_an_application_of_the_users_is_called_with_all_that_it_has(tmp_path: Path, backend: str) -> None:
    head = "import asyncio\nlog = []\n" + APPLICATIONS[backend]
    told = passes(tmp_path, CALLED, head=head).stdout.splitlines()
    hooks = ["start", "stop"]
    if backend in ("starlette", "fastapi"):
        hooks = ["native start", "start", "background", "stop", "native stop"]
    if backend == "sanic":
        hooks = ["native start", *hooks, "native stop"]
    assert [sorted(line) for line in told] == [sorted(str(hooks))] * 2, told


WRONG = """
from utilmeta.core.cli import Client
service = UtilMeta(__name__, name="wrong", backend="flask", api=RootAPI, origin="https://example.com", route="/v1")
assert service.get_client(live=True)._settings.base_url == "https://example.com/v1"
assert service.get_client().get("hello").data == "world"

class Own(Client):
    pass

assert type(service.get_client(Own, default_timeout=1)) is Own
for kind in (RootAPI, "Client"):
    assert "a client is of a subclass of Client" in error(service.get_client, kind)
assert "service is a UtilMeta service" in error(Client, service=object(), internal=True)
"""


def test_a_client_of_a_service_is_of_a_class_of_clients(tmp_path: Path) -> None:
    passes(tmp_path, WRONG)


def test_a_service_in_an_application_of_anothers_is_not_called_inside(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from flask import Flask
        service = UtilMeta(__name__, name="adapted", backend="flask", api=RootAPI)
        service.adapt(Flask("other"), "/api")
        assert "by adapt(); call that" in error(service.get_client().get, "hello")
        """,
    )


def test_without_a_service_a_call_inside_says_so(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from utilmeta.core.cli import Client
        told = error(Client(internal=True).get, "hello")
        assert "calls the service of this process, and there is none" in told, told
        """,
    )
