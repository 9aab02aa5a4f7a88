"""The frameworks' own HTTP exceptions and response objects, each as its application would answer it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import FunctionType
from typing import Any

import flask
import pytest
import werkzeug.exceptions
from fake import Answer, Client
from fastapi import HTTPException as FastAPIException
from fastapi.exceptions import RequestValidationError
from sanic.exceptions import MethodNotAllowed, SanicException
from sanic.response import JSONResponse as SanicJSON
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, StreamingResponse
from starlette.responses import Response as StarletteResponse
from tornado.web import Finish, HTTPError, MissingArgumentError
from werkzeug.routing import RequestRedirect

from utilmeta.core import api
from utilmeta.core.errors import framework
from utilmeta.core.response import Response
from utilmeta.core.server import backends


@pytest.fixture(autouse=True)
def unlearned(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("descriptions", "conversions"):
        monkeypatch.setattr(framework, name, {})
    monkeypatch.setattr(framework, "response_classes", ())


def asked(backend: str, what: Any, *, raised: bool = True) -> Answer:
    """The answer of an endpoint that raises or returns this, or what a function makes, in production."""
    kind = backends.find(backend)
    framework.learn(kind.http_exceptions(), kind.responses())

    class Root(api.API):
        @api.get("a")
        def a(self):  # type: ignore[no-untyped-def]
            if raised:
                raise what
            return what() if isinstance(what, FunctionType) else what

    return Client(Root, production=True).get("/a")


def members(answer: Answer) -> Any:
    return json.loads(answer.body)


def app() -> flask.Flask:
    return flask.Flask("a")


def aborted(*args: Any, **options: Any) -> Exception:
    with pytest.raises(werkzeug.exceptions.HTTPException) as raised:
        flask.abort(*args, **options)
    return raised.value


@pytest.mark.parametrize("detail", [0, False, [], {}, {"a": [1, None]}, Decimal("1.5"), float("nan")])
def test_a_detail_of_any_json_is_the_detail(detail: Any) -> None:
    answer = asked("fastapi", FastAPIException(409, detail))
    expected = {Decimal: "1.5", float: None}.get(type(detail), detail)
    assert (answer.status, members(answer)["detail"]) == (409, expected)


@pytest.mark.parametrize("detail", [None, "", "Conflict"])
def test_a_detail_that_says_nothing_is_left_out(detail: Any) -> None:
    assert "detail" not in members(asked("starlette", HTTPException(409, detail)))


@pytest.mark.parametrize(
    "error",
    [
        HTTPException(99),
        HTTPException(700),
        FastAPIException(409, object()),
        HTTPException(409, "a", {"A": "b\n"}),
        HTTPException(409, "a", {"Location": "/a", "location": "/b"}),
    ],
    ids=["1xx", "7xx", "no JSON", "a broken header", "two of one value"],
)
def test_what_cannot_be_sent_is_a_500(error: Exception) -> None:
    answer = asked("fastapi", error)
    assert (answer.status, members(answer)) == (
        500,
        {"type": "about:blank", "title": "Internal Server Error", "status": 500},
    )


def test_the_headers_of_werkzeugs_exceptions_are_sent() -> None:
    late = asked("flask", werkzeug.exceptions.TooManyRequests("a", retry_after=7))
    unknown = asked("flask", aborted(401, www_authenticate=werkzeug.datastructures.WWWAuthenticate("basic")))
    moved = asked("flask", RequestRedirect("http://a/b"))
    assert (late.status, late.headers.get("Retry-After"), members(late)["detail"]) == (429, "7", "a")
    assert (unknown.status, unknown.headers.get("WWW-Authenticate")) == (401, "Basic")
    assert (moved.status, moved.headers.get("Location"), moved.body) == (308, "http://a/b", b"")


def test_an_exception_that_brings_a_response_is_that_response() -> None:
    answer = asked("flask", aborted(flask.Response("a", 299, {"X-A": "b"})))
    assert (answer.status, answer.body, answer.headers.get("X-A")) == (299, b"a", "b")


def test_an_exception_without_a_status_is_a_500() -> None:
    assert asked("flask", werkzeug.exceptions.HTTPException("a")).status == 500


def test_a_validation_error_of_fastapi_names_its_fields_as_ours_do() -> None:
    found = [{"type": "missing", "loc": ("query", "a", 0), "msg": "Field required", "input": None}]
    answer = asked("fastapi", RequestValidationError(found))
    assert answer.status == 422
    assert members(answer)["errors"] == [{"in": "query", "name": "a.0", "reason": "Field required"}]


def test_sanics_exceptions_have_their_headers_and_message() -> None:
    answer = asked("sanic", MethodNotAllowed("a", "PUT", ["GET", "HEAD"]))
    assert (answer.status, answer.headers.get("Allow"), members(answer)["detail"]) == (405, "GET, HEAD", "a")
    assert "b" not in members(asked("sanic", SanicException("a", 409, extra={"b": 1})))


def test_tornados_log_message_is_not_sent_and_its_reason_is() -> None:
    answer = asked("tornado", HTTPError(409, "secret %s", "a", reason="b"))
    assert (answer.status, members(answer)["detail"], b"secret" in answer.body) == (409, "b", False)
    assert b"secret" not in asked("tornado", MissingArgumentError("secret")).body


@pytest.mark.parametrize(("error", "body"), [(Finish(), b""), (Finish("a"), b"a"), (Finish({"a": 0}), b'{"a":0}')])
def test_finish_is_no_error(error: Exception, body: bytes) -> None:
    answer = asked("tornado", error)
    assert (answer.status, answer.body) == (200, body)


def test_a_response_that_finish_brings_stays_as_it_is() -> None:
    kept = Response("a")
    framework.learn(backends.find("tornado").http_exceptions(), {})

    @api.CORS("http://a.test")
    class Root(api.API):
        @api.get
        def a(self) -> str:
            raise Finish(kept)

    answer = Client(Root).get("/a", Origin="http://a.test")
    assert (answer.body, answer.headers.get("Access-Control-Allow-Origin")) == (b"a", "http://a.test")
    assert kept.fields == []


def test_response_objects_are_what_they_say() -> None:
    with app().test_request_context():
        made = flask.make_response({"a": 0})
        moved = flask.redirect("/b")
    assert (asked("flask", made, raised=False).body, made.status_code) == (b'{"a":0}\n', 200)
    assert asked("flask", moved, raised=False).headers.get("Location") == "/b"
    assert asked("starlette", RedirectResponse("/b"), raised=False).status == 307
    assert asked("sanic", SanicJSON({"a": 0}), raised=False).body == b'{"a":0}'
    assert asked("starlette", StarletteResponse(b"a"), raised=False).body == b"a"


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    answer = asked("starlette", FileResponse(tmp_path / "a.txt", filename="b.txt"), raised=False)
    assert (answer.body, answer.headers.get("content-disposition")) == (b"abc", 'attachment; filename="b.txt"')

    def sent() -> flask.Response:
        with app().test_request_context():
            return flask.send_file(tmp_path / "a.txt")

    assert asked("flask", sent, raised=False).body == b"abc"


def endless() -> Iterator[str]:
    while True:
        yield "a"


def test_a_stream_is_a_500() -> None:
    assert asked("starlette", StreamingResponse(endless()), raised=False).status == 500
    assert asked("flask", flask.Response(endless()), raised=False).status == 500


def test_of_another_framework_both_are_a_500() -> None:
    assert asked("starlette", flask.Response("a"), raised=False).status == 500
    assert asked("starlette", aborted(404)).status == 500
