"""Requests by ``httpx``, or its successor ``httpx2``, whichever is given or installed.

httpx has a timeout for each operation. Awaited requests are cancelled when the time of the call is over; the others go
by a transport whose connections keep the deadline.
"""

from __future__ import annotations

import importlib
import ssl
from collections.abc import Callable, Iterator
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import ModuleType
from typing import Any

from utilmeta.core.cli.transport.connection import MOST_IDLE, is_readable, open_socket, sendall, tls
from utilmeta.core.cli.transport.deadline import Deadline, current, within
from utilmeta.core.cli.transport.message import Answer, Library, Outgoing, Proxies

CORES = {"httpx": "httpcore", "httpx2": "httpcore2"}
PORTS = {b"http": 80, b"https": 443}


class TimedStream:
    """A network stream of httpcore that keeps the call's deadline."""

    def __init__(self, sock: Any) -> None:
        self.sock = sock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what there is. Raises OSError."""
        current.get().bound(self.sock)
        received: bytes = self.sock.recv(max_bytes)
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it. Raises OSError."""
        sendall(self.sock, buffer)

    def close(self) -> None:
        """Close the socket."""
        self.sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> TimedStream:
        """Return the stream over TLS. Raises OSError."""
        try:
            current.get().bound(self.sock)
            return TimedStream(ssl_context.wrap_socket(self.sock, server_hostname=server_hostname))
        except BaseException:
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        """Tell what httpcore asks for: whether an idle connection was closed."""
        return is_readable(self.sock) if info == "is_readable" else None


class TimedNetwork:
    """A network backend of httpcore."""

    def connect_tcp(self, host: str, port: int, *_: Any, **options: Any) -> TimedStream:
        """Return a stream to a host. Raises OSError."""
        return TimedStream(open_socket(host, port, current.get()))

    def sleep(self, seconds: float) -> None:
        """Nothing here is tried again."""


def transport(httpx: ModuleType, core: ModuleType, proxy: str | None) -> Any:
    """Return a transport of httpx by httpcore's pool of connections."""
    options = {
        "ssl_context": tls(),
        "max_connections": None,
        "max_keepalive_connections": MOST_IDLE,
        "network_backend": TimedNetwork(),
    }
    pool: Any
    if proxy is None:
        pool = core.ConnectionPool(**options)
    else:
        url = httpx.Proxy(url=proxy)
        pool = core.HTTPProxy(proxy_url=str(url.url), proxy_auth=url.raw_auth, **options)

    class Stream(httpx.SyncByteStream):  # type: ignore[misc, name-defined]
        """The body of a response of httpcore."""

        def __init__(self, stream: Any) -> None:
            self.stream = stream

        def __iter__(self) -> Iterator[bytes]:
            yield from self.stream

        def close(self) -> None:
            self.stream.close()

    class Transport(httpx.BaseTransport):  # type: ignore[misc, name-defined]
        """A transport whose connections keep the call's deadline."""

        def handle_request(self, request: Any) -> Any:
            url = request.url
            target = core.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
            answer = pool.handle_request(
                core.Request(request.method, target, headers=request.headers.raw, content=request.stream)
            )
            return httpx.Response(answer.status, headers=answer.headers, stream=Stream(answer.stream))

        def close(self) -> None:
            pool.close()

    return Transport()


class HttpxSession:
    """A client of httpx that keeps no cookies and reads no environment."""

    def __init__(self, httpx: ModuleType, proxies: Proxies) -> None:
        core = importlib.import_module(CORES[httpx.__name__])
        self.client = httpx.Client(
            transport=transport(httpx, core, None),
            mounts={f"{scheme}://": transport(httpx, core, proxy) for scheme, proxy in proxies.items()},
            **options(),
        )
        self.client.headers = {}

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a request; see Session."""
        token = current.set(deadline)
        try:
            response = self.client.send(built(self.client, outgoing), stream=True)
            try:
                return answered(response, b"".join(response.iter_raw()))
            finally:
                response.close()
        finally:
            current.reset(token)

    async def close(self) -> None:
        """Close the connections."""
        self.client.close()


class AwaitedHttpxSession:
    """An asynchronous client of httpx, likewise."""

    def __init__(self, httpx: ModuleType, proxies: Proxies) -> None:
        def carried(proxy: str | None) -> Any:
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=MOST_IDLE)
            return httpx.AsyncHTTPTransport(verify=tls(), proxy=proxy, limits=limits, trust_env=False)

        self.client = httpx.AsyncClient(
            transport=carried(None),
            mounts={f"{scheme}://": carried(proxy) for scheme, proxy in proxies.items()},
            **options(),
        )
        self.client.headers = {}

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a request; see Session."""
        answer: Answer = await within(deadline, self.exchange, outgoing)
        return answer

    async def exchange(self, outgoing: Outgoing) -> Answer:
        """Send a request and read its answer."""
        response = await self.client.send(built(self.client, outgoing), stream=True)
        try:
            return answered(response, b"".join([part async for part in response.aiter_raw()]))
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Close the connections."""
        await self.client.aclose()


def options() -> dict[str, Any]:
    """Return what every client of httpx is made with."""
    return {
        "trust_env": False,
        "timeout": None,
        "follow_redirects": False,
        "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=[])),
    }


def built(client: Any, outgoing: Outgoing) -> Any:
    """Return a request of httpx."""
    headers = [(name, value) for name, value in outgoing.headers]
    empty = not outgoing.body and outgoing.method not in ("POST", "PUT", "PATCH")
    return client.build_request(
        outgoing.method, outgoing.url, headers=headers, content=None if empty else outgoing.body
    )


def answered(response: Any, body: bytes) -> Answer:
    """Return the answer of a response of httpx."""
    lines = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw]
    return Answer(response.status_code, lines, body)


def library(module: ModuleType | None) -> Library:
    """Return the library, httpx2 where both are installed and neither is given. Raises ModuleNotFoundError."""
    if module is None:
        try:
            module = importlib.import_module("httpx2")
        except ModuleNotFoundError:
            module = importlib.import_module("httpx")
    opened: Callable[[Any], Callable[[Proxies], Any]] = lambda kind: partial(kind, module)  # noqa: E731
    return Library("httpx", opened(HttpxSession), opened(AwaitedHttpxSession), follows_redirects=False)
