"""Redirects, which follow one policy over every library (CLIENT-6a, CLIENT-6b, CLIENT-g34)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from peer import Peer, answer, redirect
from style import Style

from utilmeta.core.cli import Aborted, Client
from utilmeta.core.cli import redirect as policy
from utilmeta.core.cli.transport.message import Outgoing

SECRETS: dict[str, Any] = {
    "base_headers": {"Authorization": "Bearer secret", "X-Key": "secret", "Proxy-Authorization": "Basic secret"},
    "base_query": {"key": "secret"},
    "base_cookies": {"sid": "secret"},
}


def test_what_a_library_does_by_itself(style: Style, peer: Peer) -> None:
    url = peer.on("/from", redirect("/to"))
    found = style.request(style.client(), "GET", url)
    assert found.status == (302 if style.backend == "httpx" else 200)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_that_is_not_followed_is_the_answer_with_its_body(style: Style, peer: Peer, status: int) -> None:
    peer.on("/from", redirect("/to", status))
    with style.within(style.client(base_url=peer.url, allow_redirects=False)) as client:
        found = style.request(client, "GET", "from")
        assert (found.status, found.data, found.headers["location"]) == (status, "moved", "/to")
        style.request(client, "GET")
    assert [each.connection for each in peer.received] == [0, 0]


@pytest.mark.parametrize(
    ("status", "method", "then"),
    [
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (303, "PUT", "GET"),
        (303, "HEAD", "HEAD"),
        (301, "PUT", "PUT"),
        (302, "DELETE", "DELETE"),
        (307, "POST", "POST"),
        (308, "PATCH", "PATCH"),
        (302, "GET", "GET"),
    ],
)
def test_the_method_and_body_after_a_redirect(style: Style, peer: Peer, status: int, method: str, then: str) -> None:
    peer.on("/from", redirect("to?a=%20b#there", status) if method != "HEAD" else head(status))
    client = style.client(base_url=peer.url, allow_redirects=True)
    data = None if method in ("GET", "HEAD") else {"a": 1}
    assert style.request(client, method, "from", data=data, headers={"X-A": "1"}).status == 200
    assert (peer.last.method, peer.last.target, peer.last.header("x-a")) == (then, "/to?a=%20b", "1")
    kept = data is not None and then == method
    assert peer.last.body == (b'{"a":1}' if kept else b"")
    assert peer.last.header("content-type") == ("application/json" if kept else None)


def head(status: int) -> bytes:
    return b"HTTP/1.1 %d Moved\r\nLocation: /to?a=%%20b\r\nContent-Length: 0\r\n\r\n" % status


@pytest.mark.parametrize("status", [302, 307])
def test_another_origin_is_told_no_secret(style: Style, peer: Peer, peers: Callable[..., Peer], status: int) -> None:
    other = peers()
    peer.on("/from", redirect(f"http://user:pass@127.0.0.1:{other.port}/to", status))
    other.on("/to", redirect(f"{peer.url}/back"))
    base = f"http://me:secret@127.0.0.1:{peer.port}"
    client = style.client(base_url=base, allow_redirects=True, **SECRETS)
    found = style.request(client, "POST", "from", data="text", headers={"X-Own": "secret"}, cookies={"own": "secret"})
    assert found.status == 200
    assert "secret" in str(peer.received[0])
    assert "secret" not in str(other.received)
    assert "pass" not in str(other.received)
    assert other.last.header("user-agent") == "utilmeta"
    assert other.last.header("host") == f"127.0.0.1:{other.port}"
    assert "Bearer" not in str(peer.last)


def test_a_full_url_of_another_origin_is_told_no_secret(style: Style, peer: Peer, peers: Callable[..., Peer]) -> None:
    other = peers()
    client = style.client(base_url=f"http://me:secret@127.0.0.1:{peer.port}/?token=secret", **SECRETS)
    style.request(client, "GET", f"{other.url}/x?own=1")
    assert "secret" not in str(other.received)
    assert other.last.target == "/x?own=1"
    style.request(client, "GET", f"{peer.url}/x?own=1")
    assert peer.last.target == "/x?own=1&token=secret&key=secret"
    assert peer.last.header("authorization") == "Bearer secret"


def test_the_same_origin_is_told_them_again(style: Style, peer: Peer) -> None:
    peer.on("/from", redirect("/to"))
    style.request(style.client(base_url=peer.url, allow_redirects=True, **SECRETS), "GET", "from")
    assert (peer.last.header("x-key"), peer.last.header("cookie")) == ("secret", "sid=secret")


def test_a_cookie_among_the_headers_is_for_the_same_origin(
    style: Style, peer: Peer, peers: Callable[..., Peer]
) -> None:
    other = peers()
    peer.on("/from", redirect("/to", 302, ("Set-Cookie", "a=1; Path=/")))
    peer.on("/to", redirect(f"{other.url}/away"))
    client = style.client(base_url=peer.url, allow_redirects=True, base_headers={"Cookie": "b=2"}, base_cookies="c=3")
    style.request(client, "GET", "from")
    assert (peer.last.header("cookie"), other.last.header("cookie")) == ("a=1; b=2; c=3", "a=1")


def test_twenty_redirects_in_a_row_are_followed_and_no_more(style: Style, peer: Peer) -> None:
    client = style.client(base_url=peer.url, allow_redirects=True)
    peer.on("/loop", *[redirect("/loop")] * 20, answer({"end": 1}))
    assert style.request(client, "GET", "loop").data == {"end": 1}
    assert len(peer.received) == 21
    peer.on("/loop", redirect("/loop"))
    found = style.request(client, "GET", "loop")
    assert (found.status, isinstance(found.error, Aborted)) == (503, True)
    assert "more than 20" in str(found.error)
    assert len(peer.received) == 21 + 21


@pytest.mark.parametrize(
    "location", ["ftp://host/x", "http://[::1", "http://:80/x", "http://host:port/", "javascript:x"]
)
def test_a_redirect_to_what_cannot_be_asked_is_an_abort(style: Style, peer: Peer, location: str) -> None:
    peer.on("/from", redirect(location))
    found = style.request(style.client(base_url=peer.url, allow_redirects=True), "GET", "from")
    assert isinstance(found.error, Aborted)
    assert len(peer.received) == 1


@pytest.mark.parametrize("location", ["/ü", "/%C3%BC", "/ü".encode().decode("latin-1")])
def test_a_location_may_hold_letters_that_are_not_ascii(style: Style, peer: Peer, location: str) -> None:
    peer.on("/from", redirect(location))
    style.request(style.client(base_url=peer.url, allow_redirects=True), "GET", "from")
    assert peer.last.target in ("/%C3%BC", "/%EF%BF%BD")


@pytest.mark.parametrize("location", ["", None])
def test_a_redirect_without_a_location_is_the_answer(style: Style, peer: Peer, location: str | None) -> None:
    peer.on("/from", answer({"a": 1}, 302))
    client = style.client(base_url=peer.url, allow_redirects=True)
    assert style.request(client, "GET", "from").data == {"a": 1}


@pytest.mark.parametrize("status", [300, 304, 305])
def test_other_statuses_are_no_redirects(style: Style, peer: Peer, status: int) -> None:
    peer.on("/from", answer(None, status, ("Location", "/to")))
    found = style.request(style.client(base_url=peer.url, allow_redirects=True), "GET", "from")
    assert (found.status, found.data) == (status, None)


def test_https_is_not_left_for_http() -> None:
    from utilmeta.core.cli.request import ClientRequest
    from utilmeta.core.cli.transport.cookies import Cookies
    from utilmeta.core.cli.transport.url import place_of

    url = "https://a.example/x?token=secret"
    sent = Outgoing("GET", place_of(url), url, [], b"")
    request = ClientRequest("GET", sent.url)
    with pytest.raises(Aborted, match="from https") as error:
        policy.redirected(sent, 302, "http://a.example/y?token=secret", request, Cookies())
    assert "secret" not in str(error.value)
    assert policy.redirected(sent, 302, "//a.example/y", request, Cookies()).url == "https://a.example/y"


def test_a_hook_that_turns_to_another_origin_takes_no_secret_of_the_client_there(
    style: Style, peer: Peer, peers: Callable[..., Peer]
) -> None:
    other = peers()
    other.on("/away", redirect("/on"))

    class Turning(Client):
        def process_request(self, request: Any) -> None:
            if request.url.endswith("/away"):
                request.url = f"{other.url}/away"
                request.headers["X-Own"] = "hook"

    base = f"http://me:secret@127.0.0.1:{peer.port}"
    client = style.client(Turning, base_url=base, allow_redirects=True, **SECRETS)
    found = style.request(client, "GET", "away", query={"q": "1"}, cookies={"t": "1"})
    assert found.status == 200
    assert "secret" not in str(other.received)
    first = other.received[0]
    assert (first.target, first.header("x-own"), first.header("cookie")) == ("/away?q=1", "hook", "t=1")
    style.request(client, "GET", "own")
    assert "secret" in str(peer.last)
