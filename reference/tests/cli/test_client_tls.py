"""TLS and proxies: certificates, handshakes, tunnels, and what a proxy is told (CLIENT-g33)."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from peer import Peer, answer, redirect
from style import Style

from utilmeta.core.cli import Aborted, TimedOut
from utilmeta.core.cli.transport import connection

Start = Callable[..., Peer]


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the clients of a test trust the test's authority."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    connection.tls.cache_clear()
    yield
    connection.tls.cache_clear()


def context(authority: trustme.CA, name: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(made)
    return made


@pytest.fixture
def secure(authority: trustme.CA, peers: Start) -> Peer:
    return peers(tls=context(authority, "127.0.0.1"))


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    made = Proxy()
    yield made
    made.listener.close()


class Proxy:
    """A proxy that tunnels to any place that it is asked for."""

    def __init__(self) -> None:
        self.heads: list[bytes] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.reply = b"HTTP/1.1 200 Connected\r\nX-Proxy: 1\r\n\r\n"
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.listener.getsockname()[1]}"

    def accept(self) -> None:
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(sock,), daemon=True).start()

    def serve(self, sock: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += sock.recv(4096)
        self.heads.append(head)
        host, _, port = head.split()[1].decode().rpartition(":")
        sock.sendall(self.reply)
        if b" 200 " in self.reply:
            with socket.create_connection((host.strip("[]"), int(port))) as other:
                threading.Thread(target=pump, args=(sock, other), daemon=True).start()
                pump(other, sock)
        sock.close()


def pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while content := source.recv(65536):
            target.sendall(content)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


@pytest.mark.usefixtures("trusted")
def test_https_is_asked_over_kept_connections(style: Style, secure: Peer) -> None:
    secure.on("/x", answer({"a": "ü" * 100_000}))
    with style.within(style.client(base_url=secure.url, default_timeout=20)) as client:
        for _ in range(3):
            found = style.request(client, "POST", "x", data=bytes(300_000))
            assert (found.status, len(found.data["a"])) == (200, 100_000)
    assert {each.connection for each in secure.received} == {0}


def test_a_certificate_that_nobody_trusts_is_an_abort(style: Style, secure: Peer) -> None:
    found = style.request(style.client(base_url=secure.url), "GET", "x?token=hidden")
    assert isinstance(found.error, Aborted)
    assert isinstance(found.error.__cause__, ssl.SSLCertVerificationError)
    assert "hidden" not in str(found.error.__cause__)
    assert secure.received == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_host_is_an_abort(style: Style, authority: trustme.CA, peers: Start) -> None:
    other = peers(tls=context(authority, "other.example"))
    assert isinstance(style.request(style.client(base_url=other.url), "GET", "x").error, Aborted)
    assert other.received == []


@pytest.mark.usefixtures("trusted")
def test_https_is_not_left_for_http_and_secure_cookies_stay(style: Style, secure: Peer, peer: Peer) -> None:
    cookie = ("Set-Cookie", "a=1; Secure; Path=/")
    secure.on("/set", answer({}, 200, cookie))
    secure.on("/out", redirect(f"{peer.url}/in?token=hidden"))
    with style.within(style.client(base_url=secure.url, allow_redirects=True)) as client:
        style.request(client, "GET", "set")
        style.request(client, "GET", "x")
        assert secure.last.header("cookie") == "a=1"
        style.request(client, "GET", f"{peer.url}/x")
        assert peer.last.header("cookie") is None
        found = style.request(client, "GET", "out")
    assert isinstance(found.error, Aborted)
    assert "hidden" not in str(found.error)
    assert len(peer.received) == 1


@pytest.mark.usefixtures("trusted")
def test_http_may_be_left_for_https(style: Style, secure: Peer, peer: Peer) -> None:
    peer.on("/from", redirect(f"{secure.url}/to"))
    client = style.client(base_url=peer.url, allow_redirects=True, base_headers={"Authorization": "hidden"})
    assert style.request(client, "GET", "from").status == 200
    assert secure.last.header("authorization") is None


def test_http_goes_by_its_proxy_with_the_whole_url(style: Style, peer: Peer) -> None:
    proxies = {"http": f"http://me:p%40w@127.0.0.1:{peer.port}"}
    client = style.client(base_url="http://nowhere.example/api", proxies=proxies)
    assert style.request(client, "GET", "x", query={"a": 1}).status == 200
    assert peer.last.target == "http://nowhere.example/api/x?a=1"
    assert peer.last.header("host") == "nowhere.example"
    assert peer.last.header("proxy-authorization") == "Basic bWU6cEB3"


@pytest.mark.usefixtures("trusted")
def test_https_goes_through_its_proxy(style: Style, secure: Peer, proxy: Proxy) -> None:
    proxies = {"https": f"http://me:p%40w@{proxy.place}"}
    with style.within(style.client(base_url=secure.url, proxies=proxies, default_timeout=20)) as client:
        for _ in range(2):
            headers = {"Authorization": "hidden"}
            assert style.request(client, "GET", "x", headers=headers).status == 200
    assert len(proxy.heads) == 1
    assert proxy.heads[0].startswith(f"CONNECT 127.0.0.1:{secure.port} HTTP/1.".encode())
    assert b"\r\nproxy-authorization: basic bwu6ceb3" in proxy.heads[0].lower()
    assert b"hidden" not in proxy.heads[0]
    assert secure.last.target == "/x"
    assert secure.last.header("proxy-authorization") is None


def test_a_proxy_that_refuses_is_an_abort(style: Style, proxy: Proxy) -> None:
    proxy.reply = b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n"
    client = style.client(base_url="https://nowhere.example", proxies={"https": f"http://{proxy.place}"})
    assert isinstance(style.request(client, "GET", "x").error, Aborted)


def test_a_handshake_behind_a_slow_proxy_has_what_is_left(style: Style, proxy: Proxy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = style.client(
            base_url=f"https://127.0.0.1:{silent.getsockname()[1]}", proxies={"https": f"http://{proxy.place}"}
        )
        assert isinstance(style.request(client, "GET", "x", timeout=0.3).error, TimedOut)


def test_the_environment_s_proxies_are_not_read(style: Style, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    assert style.request(style.client(base_url=peer.url), "GET", "x").status == 200


def test_the_environment_s_passwords_are_not_read(
    style: Style, peer: Peer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password hidden\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    style.request(style.client(base_url=peer.url), "GET", "x")
    assert peer.last.header("authorization") is None


def test_names_that_the_client_overrides_are_the_libraries_own() -> None:
    """What is private in these libraries may be renamed; then the client would lose its deadline, or send twice."""
    from http.client import HTTPConnection, HTTPResponse

    import aiohttp
    from requests.adapters import HTTPAdapter
    from urllib3 import PoolManager
    from urllib3.connection import HTTPConnection as Urllib3Connection

    assert hasattr(HTTPResponse, "_read_status")
    assert "_create_connection" in vars(HTTPConnection("127.0.0.1"))
    assert hasattr(Urllib3Connection, "_new_conn")
    assert hasattr(PoolManager(), "pool_classes_by_scheme")
    assert HTTPAdapter().max_retries.total == 0
    made: Any = aiohttp.ClientSession.__init__.__code__.co_names
    assert "_retry_connection" in made
