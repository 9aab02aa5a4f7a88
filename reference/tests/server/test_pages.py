"""What an application answers in debug mode where the API or its middleware is asked, and what of its own routes."""

from __future__ import annotations

import asyncio
from typing import Any

import flask
import pytest
from sanic import Sanic
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse

from utilmeta.core import api
from utilmeta.core.server.backends.sanic import SanicAdapter

UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket"}


class WordAPI(api.API):
    @api.get("{word}")
    def word(self, word: str) -> str:
        return word


def raising() -> None:
    if "X-Raise" in flask.request.headers:
        raise LookupError("of middleware")


def native() -> None:
    raise ZeroDivisionError("of a native view")


def flask_application(propagates: bool | None = None) -> flask.Flask:
    application = flask.Flask("native")
    application.config.update(DEBUG=True, PROPAGATE_EXCEPTIONS=propagates)
    application.before_request(raising)
    application.add_url_rule("/native", "native", native)
    WordAPI.__as__(application, route="/words")
    WordAPI.__as__(application, route="/others")
    return application


@pytest.mark.parametrize("path", ["/words/a", "/others/a", "/unknown"])
def test_flasks_own_handler_of_500_answers_middleware_that_raises_in_debug_mode(path: str) -> None:
    application, heard = flask_application(), []
    application.register_error_handler(500, lambda error: (str(error.original_exception), 503))
    flask.got_request_exception.connect(lambda *_, exception: heard.append(exception), application, weak=False)
    answer = application.test_client().get(path, headers={"X-Raise": "1"})
    assert (answer.status_code, answer.text) == (503, "of middleware")
    assert [str(error) for error in heard] == ["of middleware"]


def test_without_a_handler_flask_answers_500() -> None:
    answer = flask_application().test_client().get("/words/a", headers={"X-Raise": "1"})
    assert answer.status_code == 500
    assert "of middleware" not in answer.text


def test_what_a_native_view_of_flask_raises_is_raised_again() -> None:
    with pytest.raises(ZeroDivisionError):
        flask_application().test_client().get("/native")


def test_where_flask_is_told_to_propagate_it_does() -> None:
    with pytest.raises(LookupError):
        flask_application(propagates=True).test_client().get("/words/a", headers={"X-Raise": "1"})


def test_beside_a_native_catch_all_an_upgrade_is_the_apis() -> None:
    application = flask_application()
    application.add_url_rule("/<path:rest>", "rest", lambda rest: "rest")
    client = application.test_client()
    for path in ("/words/a", "/others/a"):
        assert client.get(path, headers=UPGRADE).text == "a"
    assert client.get("/unknown", headers=UPGRADE).status_code == 400


class Raising:
    def __init__(self, app: Any) -> None:
        pass

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        raise LookupError("of middleware")


def asked(handler: Any) -> list[Any]:
    """What a Starlette application in debug mode sends, whose middleware raises."""
    made = Starlette(debug=True, middleware=[Middleware(Raising)], exception_handlers={500: handler})
    WordAPI.__as__(made, route="/words", asynchronous=True)
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": "/words/a", "headers": [], "query_string": b""}
    with pytest.raises((LookupError, ZeroDivisionError)):
        asyncio.run(made(scope, receive, send))
    return [sent[0]["status"], b"".join(message.get("body", b"") for message in sent)]


async def handles(request: Any, error: Exception) -> Any:
    return PlainTextResponse("handled", 503)


async def fails(request: Any, error: Exception) -> Any:
    raise ZeroDivisionError("of a handler")


def test_starlettes_own_handler_of_500_answers_in_debug_mode() -> None:
    assert asked(handles) == [503, b"handled"]


def test_a_handler_of_starlette_that_fails_has_no_debug_page() -> None:
    assert asked(fails) == [500, b"Internal Server Error"]


def test_what_the_api_adds_is_no_middleware_of_a_sanic_application() -> None:
    application = Sanic("pages")
    WordAPI.__as__(application, route="/words", asynchronous=True)
    assert not SanicAdapter.has_middleware(application)
    application.register_middleware(lambda request: None, "response")
    assert not SanicAdapter.has_middleware(application)
    application.register_middleware(lambda request: None)
    assert SanicAdapter.has_middleware(application)
