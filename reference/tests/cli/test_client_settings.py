"""What a client is made with: base URL, slashes, base query and headers, backends and the Preference's."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
from peer import Peer
from style import Style

from utilmeta.core import api
from utilmeta.core.cli import ArgumentError, Client
from utilmeta.core.response import Response


class Paths(Client):
    @api.get("")
    def root(self) -> Response: ...

    @api.get("/")
    def slash(self) -> Response: ...

    @api.get("/a/b/")
    def below(self) -> Response: ...

    @api.get("a?x=1")
    def asking(self, y: int = 2) -> Response: ...


@pytest.mark.parametrize(
    ("base", "slashes", "targets"),
    [
        ("", False, ["/", "/", "/a/b/", "/a?x=1&y=2"]),
        ("/", False, ["/", "/", "/a/b/", "/a?x=1&y=2"]),
        ("/api", False, ["/api", "/api", "/api/a/b/", "/api/a?x=1&y=2"]),
        ("/api/", False, ["/api", "/api", "/api/a/b/", "/api/a?x=1&y=2"]),
        ("/api", True, ["/api/", "/api/", "/api/a/b/", "/api/a/?x=1&y=2"]),
        ("/api?k=v", True, ["/api/?k=v", "/api/?k=v", "/api/a/b/?k=v", "/api/a/?x=1&k=v&y=2"]),
        ("/ü b".replace(" ", ""), False, ["/%C3%BCb", "/%C3%BCb", "/%C3%BCb/a/b/", "/%C3%BCb/a?x=1&y=2"]),
        ("/a%2Fb", False, ["/a%2Fb", "/a%2Fb", "/a%2Fb/a/b/", "/a%2Fb/a?x=1&y=2"]),
    ],
)
def test_paths_are_below_the_base_url(peer: Peer, base: str, slashes: bool, targets: list[str]) -> None:
    client = Paths(peer.url + base, append_slash=slashes)
    client.root()
    client.slash()
    client.below()
    client.asking()
    assert [each.target for each in peer.received] == targets


def test_user_and_password_become_authorization(style: Style, peer: Peer) -> None:
    url = f"http://me%40home:p%3Aw@127.0.0.1:{peer.port}/api?a=1&a=2&empty="
    style.request(style.client(base_url=url), "GET", "x", query={"b": 3})
    assert peer.last.target == "/api/x?a=1&a=2&empty=&b=3"
    assert peer.last.header("authorization") == "Basic bWVAaG9tZTpwOnc="
    style.request(style.client(base_url=url, base_headers={"authorization": "Bearer x"}), "GET", "x")
    assert peer.last.header("authorization") == "Bearer x"


def test_the_query_of_the_base_url_may_be_no_utf_8(style: Style, peer: Peer) -> None:
    style.request(style.client(base_url=f"{peer.url}?k=%FF&l=%C3%A4"), "GET", "x")
    assert peer.last.target == "/x?k=%FF&l=%C3%A4"


def test_a_host_may_be_an_ipv6_address(style: Style, peers: Callable[..., Peer]) -> None:
    try:
        peer = peers(host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    assert style.request(style.client(base_url=f"http://[::1]:{peer.port}/api"), "GET", "x").status == 200
    assert peer.last.header("host") == f"[::1]:{peer.port}"


def test_what_a_call_says_goes_before_what_the_client_says(style: Style, peer: Peer) -> None:
    client = style.client(base_url=peer.url, base_headers={"X-A": 1, "X-B": "b"}, base_query={"a": 1, "b": [2, 3]})
    style.request(client, "GET", headers=[("x-a", "own"), ("X-C", None)], query={"b": 4})
    assert (peer.last.header("x-a"), peer.last.header("x-b"), peer.last.header("x-c")) == ("own", "b", None)
    assert peer.last.target == "/?a=1&b=4"
    style.request(client, "GET")
    assert (peer.last.header("x-a"), peer.last.target) == ("1", "/?a=1&b=2&b=3")


@pytest.mark.parametrize(
    ("options", "kind", "named"),
    [
        ({"base_url": "h.example/x?token=secret"}, ValueError, "base_url"),
        ({"base_url": "user:secret@h.example"}, ValueError, "base_url"),
        ({"base_url": "ftp://h.example"}, ValueError, "base_url"),
        ({"base_url": "http://h.example:secret"}, ValueError, "base_url"),
        ({"base_url": "http://[::1"}, ValueError, "base_url"),
        ({"base_url": 3}, TypeError, "base_url"),
        ({"base_url": b"http://user:secret@h.example"}, TypeError, "base_url"),
        ({"base_headers": {"A": "secret\r\n"}}, ValueError, "'A'"),
        ({"base_headers": "secret"}, ValueError, "headers"),
        ({"base_query": "secret=1"}, TypeError, "base_query"),
        ({"base_cookies": 3}, TypeError, "cookies"),
        ({"proxies": "http://127.0.0.1"}, TypeError, "proxies"),
        ({"proxies": {"http": "secret"}}, ValueError, "proxies"),
        ({"proxies": {"all": "http://127.0.0.1"}}, ValueError, "proxies"),
        ({"proxies": {"http": "socks5://u:secret@127.0.0.1"}}, ValueError, "proxies"),
        ({"append_slash": 1}, TypeError, "append_slash"),
        ({"fail_silently": "yes"}, TypeError, "fail_silently"),
        ({"allow_redirects": "no"}, TypeError, "allow_redirects"),
        ({"backend": "curl"}, ValueError, "curl"),
        ({"backend": socket}, ValueError, "socket"),
        ({"backend": 3}, TypeError, "backend"),
        ({"service": 3}, TypeError, "service"),
    ],
)
def test_a_wrong_argument_is_named_without_secrets(options: Any, kind: type[Exception], named: str) -> None:
    with pytest.raises(kind, match=named) as error:
        Client(**options)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("name", ["urllib", "requests", "httpx", "httpx2", "aiohttp"])
def test_a_backend_is_given_by_name_or_as_its_module(name: str) -> None:
    module = pytest.importorskip(name)  # httpx2 needs Python 3.11
    expected = "httpx" if name == "httpx2" else name
    for backend in (name, module):
        client = Client("http://h.example/a", backend=backend)
        assert repr(client) == f"<Client of http://h.example/a by {expected}>"
    assert repr(Client()) == "<Client of None by urllib>"


def test_a_backend_that_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "aiohttp", None)
    monkeypatch.delitem(sys.modules, "utilmeta.core.cli.libraries.aiohttp_library", raising=False)
    with pytest.raises(ImportError, match="pip install aiohttp"):
        Client(backend="aiohttp")


def test_preferences_of_the_process_s_service(monkeypatch: pytest.MonkeyPatch) -> None:
    from utilmeta.conf import Preference, current

    class Service:
        origin, host, port, route = None, "127.0.0.1", 1, "/api"

        def get_config(self, kind: type) -> Preference:
            return Preference(
                client_default_request_backend="requests",
                default_aborted_response_status=599,
                default_timeout_response_status=598,
            )

    monkeypatch.setattr(current, "_current", Service())
    client = Client(service=Service())
    assert repr(client) == "<Client of http://127.0.0.1:1/api by requests>"
    assert client.get("x").status == 599
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert client.get(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.05).status == 598


def test_a_list_of_the_base_query_is_each_requests_own(peer: Peer) -> None:
    class Adding(Client):
        def process_request(self, request: Any) -> None:
            request.query["b"].append("x")

    for client in (Adding(f"{peer.url}/?b=1"), Adding(peer.url, base_query={"b": ["1"]})):
        client.get("a")
        client.get("a")
    assert [each.target for each in peer.received] == ["/a?b=1&b=x"] * 4


def test_a_scheme_is_one_in_any_case(style: Style, peer: Peer) -> None:
    class Shouting(Client):
        @api.get(f"HTTP{peer.url[4:]}/declared")
        def declared(self) -> Response: ...

    client = Client("http://127.0.0.1:1", backend=style.backend)
    style.request(client, "GET", f"HTTP{peer.url[4:]}/built")
    assert peer.last.target == "/built"
    Shouting(f"HTTP{peer.url[4:]}").declared()
    assert peer.last.target == "/declared"


def test_repeated_headers_are_all_sent(style: Style, peer: Peer) -> None:
    client = style.client(base_url=peer.url, base_headers=[("X-B", "0"), ("X-A", "1"), ("X-A", "2")])
    style.request(client, "GET", headers=[("X-B", "3"), ("x-b", "4"), ("Cookie", "a=1"), ("cookie", "b=2")])
    values = {name: [text for other, text in peer.last.fields if other.lower() == name] for name in ("x-a", "x-b")}
    assert {name: ", ".join(found) for name, found in values.items()} == {"x-a": "1, 2", "x-b": "3, 4"}
    assert peer.last.header("cookie") == "a=1; b=2"


def test_a_slash_is_appended_to_the_path_and_not_to_a_fragment(peer: Peer) -> None:
    Client(peer.url, append_slash=True).get("a#part")
    assert peer.last.target == "/a/"


def test_a_timeout_of_many_years_is_one(style: Style, peer: Peer) -> None:
    assert style.request(style.client(base_url=peer.url, default_timeout=1e10), "GET").status == 200
    assert style.request(style.client(base_url=peer.url), "GET", timeout=10**400).status == 200


class Inner(Client):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.key = options["base_headers"]["X-Key"]

    def process_request(self, request: Any) -> None:
        request.headers["X-Inner"] = self.key


class Middle(Client):
    inner: Inner


class Outer(Client):
    middle: Middle
    owned: Middle = api.route("of/{owner}")


def test_a_mounted_client_is_made_with_the_arguments_of_the_outermost(peer: Peer) -> None:
    outer = Outer(peer.url, base_headers={"X-Key": "1"})
    outer.middle.inner.get("x")
    assert (peer.last.target, peer.last.header("x-inner")) == ("/middle/inner/x", "1")
    assert outer.middle.inner._connections is outer._connections


def test_a_built_in_function_below_a_template_is_refused(peer: Peer) -> None:
    with pytest.raises(ArgumentError, match="owner"):
        Outer(peer.url, base_headers={"X-Key": "1"}).owned.get("x")
    assert peer.received == []
