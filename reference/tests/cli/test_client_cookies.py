"""Cookies that answers set, and the requests that they are for (RFC 6265; CLIENT-7, CLIENT-g32, CLIENT-g35)."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import Any

import pytest
from peer import Peer, answer, redirect
from style import Style

from utilmeta.core.cli import ArgumentError, Client
from utilmeta.core.cli.transport.cookies import MOST, Cookies


@pytest.mark.parametrize(
    ("line", "sender", "asked", "sent"),
    [
        ("a=1", "http://h.example/", "http://h.example/x", True),
        ("a=1", "http://h.example/", "http://h.example:81/x", True),
        ("a=1", "http://h.example/", "http://sub.h.example/", False),
        ("a=1", "http://h.example/", "http://other.example/", False),
        ("a=1; Domain=h.example", "http://h.example/", "http://sub.h.example/", True),
        ("a=1; Domain=.h.example", "http://sub.h.example/", "http://h.example/", True),
        ("a=1; Domain=H.example", "http://h.example/", "http://h.example/", True),
        ("a=1; Domain=h.example", "http://h.example/", "http://badh.example/", False),
        ("a=1; Domain=other.example", "http://h.example/", "http://other.example/", False),
        ("a=1; Domain=sub.h.example", "http://h.example/", "http://sub.h.example/", False),
        ("a=1; Domain=example", "http://h.example/", "http://other.example/", False),
        ("a=1; Domain=example.", "http://h.example./", "http://other.example./", False),
        ("a=1; Domain=h.example.", "http://h.example./", "http://sub.h.example./", True),
        ("a=1; Domain=", "http://h.example/", "http://h.example/", True),
        ("a=1", "http://127.0.0.1:8000/", "http://127.0.0.1:9000/", True),
        ("a=1; Domain=127.0.0.1", "http://127.0.0.1/", "http://127.0.0.1/", True),
        ("a=1; Domain=0.0.1", "http://127.0.0.1/", "http://9.0.0.1/", False),
        ("a=1", "http://[::1]:80/", "http://[::1]/", True),
        ("a=1", "http://localhost/", "http://localhost/", True),
        ("a=1; Domain=localhost", "http://localhost/", "http://localhost/", True),
        ("a=1; Domain=local", "http://localhost/", "http://otherhost/", False),
        ("a=1", "http://h.example/a/b", "http://h.example/a/c", True),
        ("a=1", "http://h.example/a/b", "http://h.example/a", True),
        ("a=1", "http://h.example/a/b", "http://h.example/", False),
        ("a=1; Path=/a", "http://h.example/", "http://h.example/a/b", True),
        ("a=1; Path=/a", "http://h.example/", "http://h.example/ab", False),
        ("a=1; Path=/a/", "http://h.example/", "http://h.example/a", False),
        ("a=1; Path=a", "http://h.example/", "http://h.example/x", True),
        ("a=1; Secure", "https://h.example/", "https://h.example/", True),
        ("a=1; secure", "https://h.example/", "http://h.example/", False),
        ("a=1; Max-Age=60", "http://h.example/", "http://h.example/", True),
        ("a=1; Max-Age=0", "http://h.example/", "http://h.example/", False),
        ("a=1; Max-Age=-1", "http://h.example/", "http://h.example/", False),
        ("a=1; Max-Age=x", "http://h.example/", "http://h.example/", True),
        ("a=1; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "http://h.example/", "http://h.example/", True),
        ("a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "http://h.example/", "http://h.example/", False),
        ("a=1; Expires=Wed, 01-Jan-2098 00:00:00 GMT", "http://h.example/", "http://h.example/", True),
        ("a=1; Expires=Wed, 99 Jan 9999999999 00:00:00 GMT", "http://h.example/", "http://h.example/", True),
        ("a=1; Expires=nonsense", "http://h.example/", "http://h.example/", True),
        ("a", "http://h.example/", "http://h.example/", False),
        ("=1", "http://h.example/", "http://h.example/", False),
        ("a=\xfc", "http://h.example/", "http://h.example/", False),
        ("a=1; HttpOnly; SameSite=Strict; Unknown", "http://h.example/", "http://h.example/", True),
    ],
)
def test_a_cookie_is_sent_to_the_hosts_and_paths_that_it_is_for(line: str, sender: str, asked: str, sent: bool) -> None:
    cookies = Cookies()
    cookies.keep(sender, [("Set-Cookie", line)])
    assert cookies.header(asked) == ("a=1" if sent else "")


def test_cookies_of_longer_paths_come_first_and_later_ones_replace_earlier_ones() -> None:
    cookies = Cookies()
    url = "http://h.example/a/b"
    cookies.keep(url, [("set-cookie", "a=1; Path=/"), ("X", "1"), ("Set-Cookie", 'b="2 3"; Path=/a')])
    cookies.keep(url, [("Set-Cookie", "a=4; Path=/")])
    assert cookies.header(url) == 'b="2 3"; a=4'
    cookies.keep(url, [("Set-Cookie", "a=; Path=/; Max-Age=0")])
    assert cookies.header(url) == 'b="2 3"'
    assert "2 3" not in repr(list(cookies.kept.values()))


def test_a_server_cannot_fill_the_memory() -> None:
    cookies = Cookies()
    for number in range(MOST + 10):
        cookies.keep("http://h.example/", [("Set-Cookie", f"c{number}=1")])
    assert len(cookies.kept) == MOST
    assert cookies.header("http://h.example/").startswith("c10=1; ")


def test_cookies_are_sent_with_later_requests_until_the_end_of_with(style: Style, peer: Peer) -> None:
    peer.on("/set", answer({}, 200, ("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2; Path=/in")))
    client = style.client(base_url=peer.url)
    with style.within(client):
        style.request(client, "GET", "set")
        style.request(client, "GET", "x")
        assert peer.last.header("cookie") == "a=1"
        style.request(client, "GET", "in/x", cookies={"c": "3", "a": "own"})
        assert peer.last.header("cookie") == "b=2; c=3; a=own"
        with style.within(client):
            style.request(client, "GET", "x")
        style.request(client, "GET", "x")
        assert peer.last.header("cookie") == "a=1"
    style.request(client, "GET", "x")
    assert peer.last.header("cookie") is None


def test_a_cookie_of_a_redirect_is_sent_after_it(style: Style, peer: Peer) -> None:
    peer.on("/from", redirect("/to", 302, ("Set-Cookie", "a=1; Path=/")))
    style.request(style.client(base_url=peer.url, allow_redirects=True, base_cookies="b=2"), "GET", "from")
    assert peer.last.header("cookie") == "a=1; b=2"


@pytest.mark.parametrize(
    "cookies", [{"a": "1", "b": 2, "none": None}, "a=1; b=2", SimpleCookie("a=1; b=2; Path=/x")], ids=type
)
def test_base_cookies_are_a_dict_a_text_or_a_simple_cookie(style: Style, peer: Peer, cookies: Any) -> None:
    style.request(style.client(base_url=peer.url, base_cookies=cookies), "GET")
    assert peer.last.header("cookie") == "a=1; b=2"
    style.request(style.client(base_url=peer.url), "GET", cookies=cookies, headers={"Cookie": "c=3"})
    assert peer.last.header("cookie") == "c=3; a=1; b=2"


@pytest.mark.parametrize(
    "cookies", [{"a b": "1"}, {"a": "1;2"}, {"a": "1\r\n"}, {"a": "ü"}, {"": "1"}, "a=1\n", "a=1;\nb=2"]
)
def test_a_cookie_that_no_header_can_hold_is_refused(peer: Peer, cookies: Any) -> None:
    with pytest.raises(ArgumentError):
        Client(peer.url).get("x", cookies=cookies)
    with pytest.raises(TypeError, match="cookies"):
        Client(peer.url).get("x", cookies=[1])
    assert peer.received == []
