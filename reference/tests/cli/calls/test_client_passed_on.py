"""Answers of a client that an endpoint returns: what of them its own client gets (RESPONSE-g16, RESPONSE-13)."""

from __future__ import annotations

from typing import Any

import pytest
from fake import Client as Caller
from peer import Peer, answer
from pydantic import BaseModel, Field

from utilmeta.core import api
from utilmeta.core.cli import Client
from utilmeta.core.response import Response


class Point(BaseModel):
    x: int


class Fields(BaseModel):
    x_own: str = Field(alias="X-Own")


class Headed(Response):
    headers: Fields
    result: Point


class Wrapped(Response):
    result_key = "data"
    result: Point


class Points(Client):
    @api.get("a")
    def typed(self) -> Response[Point]: ...

    @api.get("a")
    def headed(self) -> Headed: ...

    @api.get("a")
    def wrapped(self) -> Wrapped: ...


def caller(function: Any) -> Caller:
    """Return a client of a service whose endpoint `/one` returns what a function does."""

    class RootAPI(api.API):
        @api.get
        def one(self) -> Any:
            return function()

    return Caller(RootAPI)


@pytest.mark.parametrize(
    ("said", "kind", "sent", "sent_kind"),
    [
        (b'{"a": [0, null, ""]}', "application/json", b'{"a":[0,null,""]}', "application/json"),
        (b'"text"', "application/json", b'"text"', "application/json"),
        (b"null", "application/json", b"null", "application/json"),
        (b"broken", "application/json", b'"broken"', "application/json"),
        ("ä".encode("latin-1"), "text/html; charset=latin-1", "ä".encode(), "text/html; charset=utf-8"),
        (b"a", "text/plain", b"a", "text/plain"),
        (b"\x00\xff", "image/png", b"\x00\xff", "image/png"),
        (b"\xff", "image/x; charset=odd", b"\xff", "image/x; charset=odd"),
        (
            b'{"a":1}',
            "application/problem+json; charset=latin-1",
            b'{"a":1}',
            "application/problem+json; charset=utf-8",
        ),
        (b"", None, b"", "application/octet-stream"),
        (b"", "text/plain", b"", "text/plain"),
    ],
)
def test_the_body_is_the_result_as_its_content_type_says(
    peer: Peer, said: bytes, kind: str | None, sent: bytes, sent_kind: str
) -> None:
    peer.on("/a", answer(said, 203, *([("Content-Type", kind)] if kind else []), kind=None))
    found = caller(lambda: Client(peer.url).get("a")).get("/one")
    assert (found.status, found.body, found.headers["Content-Type"]) == (203, sent, sent_kind)


def test_headers_that_are_not_for_the_other_side_end_here(peer: Peer) -> None:
    ended = {
        "Connection": "keep-alive, X-Hop",
        "X-Hop": "1",
        "Keep-Alive": "timeout=5",
        "Set-Cookie": "sid=secret",
        "Content-Encoding": "identity",
        "Content-MD5": "Q2hlY2s=",
        "Proxy-Authenticate": "Basic",
        "Strict-Transport-Security": "max-age=1",
        "Alt-Svc": 'h2="other:443"',
        "Clear-Site-Data": '"*"',
        "Access-Control-Allow-Origin": "*",
        "Server": "other",
        "Date": "Thu, 01 Jan 1970 00:00:00 GMT",
    }
    kept = {"X-Own": "1", "ETag": '"a"', "Cache-Control": "no-store", "WWW-Authenticate": "Basic"}
    peer.on("/a", answer({"x": 1}, 401, *ended.items(), *kept.items()))
    headers = caller(lambda: Client(peer.url).get("a")).get("/one").headers
    assert {name: headers.get(name) for name in kept} == kept
    assert [name for name in ended if name in headers] == []


def test_what_the_endpoint_adds_is_sent(peer: Peer) -> None:
    peer.on("/a", answer({"x": 1}, 200, ("Set-Cookie", "sid=secret")))

    def changed() -> Any:
        found = Client(peer.url).get("a")
        found.headers.add("Set-Cookie", "own=1")
        found.result["y"] = 0
        found.status = 201
        return found

    found = caller(changed).get("/one")
    assert (found.status, found.json, found.headers["Set-Cookie"]) == (201, {"x": 1, "y": 0}, "own=1")


@pytest.mark.parametrize(("name", "sent"), [("typed", {"x": 1}), ("headed", {"x": 1}), ("wrapped", {"data": {"x": 1}})])
def test_an_answer_that_is_a_template_is_sent(peer: Peer, name: str, sent: Any) -> None:
    body = {"x": 1} if name != "wrapped" else {"data": {"x": 1}}
    peer.on("/a", answer(body, 200, ("X-Own", "1"), ("Set-Cookie", "sid=secret")))
    found = caller(lambda: getattr(Points(peer.url), name)()).get("/one")
    assert (found.status, found.json, found.headers["X-Own"]) == (200, sent, "1")
    assert "Set-Cookie" not in found.headers


def test_a_request_without_an_answer_is_an_error_of_its_status() -> None:
    found = caller(lambda: Client("http://127.0.0.1:1").get("a")).get("/one")
    assert (found.status, found.json["status"]) == (503, 503)
