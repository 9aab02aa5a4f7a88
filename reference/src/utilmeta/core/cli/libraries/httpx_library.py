"""Requests by ``httpx``, or its successor ``httpx2``, whichever is given or installed.

httpx has a timeout for each operation. Awaited requests are cancelled when the time of the call is over; the others go
by a transport whose connections keep the deadline.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import importlib
import select
import ssl
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from time import monotonic
from types import ModuleType
from typing import Any

from utilmeta.core.cli.bodies.decoding import Content
from utilmeta.core.cli.bodies.stream import Stream
from utilmeta.core.cli.transport.connection import open_socket, sendall, tls
from utilmeta.core.cli.transport.deadline import Deadline, current, within
from utilmeta.core.cli.transport.limits import CONNECT, READ
from utilmeta.core.cli.transport.message import Answer, Library, Opened, Outgoing, Proxies

CORES = {"httpx": "httpcore", "httpx2": "httpcore2"}
PORTS = {b"http": 80, b"https": 443}


class TimedStream:
    """A network stream of httpcore that keeps the call's deadline."""

    def __init__(self, sock: Any, until: float, broken: type[Exception]) -> None:
        self.sock = sock
        self.until = until
        self.broken = broken

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what there is. Raises OSError."""
        deadline = current.get()
        deadline.bound(self.sock, deadline.limits.read)
        received: bytes = self.sock.recv(max_bytes)
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it. Raises OSError, and httpcore's WriteError, after which it reads what was answered."""
        if not sendall(self.sock, buffer):
            raise self.broken

    def close(self) -> None:
        """Close the socket."""
        self.sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> TimedStream:
        """Return the stream over TLS. Raises OSError."""
        deadline = current.get()
        try:
            with deadline.connecting(self.until):
                deadline.bound(self.sock)
                secure = ssl_context.wrap_socket(self.sock, server_hostname=server_hostname)
            return TimedStream(secure, self.until, self.broken)
        except BaseException:
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        """Tell what httpcore asks for: whether an idle connection was closed."""
        return bool(select.select([self.sock], [], [], 0)[0]) if info == "is_readable" else None


class TimedNetwork:
    """A network backend of httpcore, whose WriteError is ``broken``."""

    def __init__(self, broken: type[Exception]) -> None:
        self.broken = broken

    def connect_tcp(self, host: str, port: int, *_: Any, **options: Any) -> TimedStream:
        """Return a stream to a host. Raises OSError."""
        deadline = current.get()
        with deadline.connecting() as until:
            return TimedStream(open_socket(host, port, deadline), until, self.broken)

    def sleep(self, seconds: float) -> None:
        """Nothing here is tried again."""


def transport(httpx: ModuleType, core: ModuleType, proxy: str | None) -> Any:
    """Return a transport of httpx by httpcore's pool of connections."""
    options = {"ssl_context": tls(), "max_connections": None, "network_backend": TimedNetwork(core.WriteError)}
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
            end_if_more(self.stream)
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


@functools.cache
def awaited_transport(httpx: ModuleType) -> Any:
    """Return the class of transports of awaited requests, whose connections end where they are out of step."""

    class Stream(httpx.AsyncByteStream):  # type: ignore[misc, name-defined]
        """The body of a response."""

        def __init__(self, stream: Any) -> None:
            self.stream = stream

        def __aiter__(self) -> Any:
            return self.stream.__aiter__()

        async def aclose(self) -> None:
            end_if_more(self.stream._httpcore_stream)
            await self.stream.aclose()

    class Transport(httpx.AsyncHTTPTransport):  # type: ignore[misc, name-defined]
        """A transport of httpx with these bodies."""

        async def handle_async_request(self, request: Any) -> Any:
            response = await super().handle_async_request(request)
            response.stream = Stream(response.stream)
            return response

    return Transport


def end_if_more(stream: Any) -> None:
    """Let the connection of a response end with it, where more came than the response.

    httpcore keeps these bytes, and takes them for the answer to the next request.
    """
    state = stream._stream._connection._h11_state
    if state.trailing_data[0]:
        state.send_failed()


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
            response = self.begun(outgoing)
            try:
                content = content_of(outgoing, response, deadline)
                for piece in response.iter_raw():
                    content.take(piece)
                return content.answer()
            finally:
                response.close()
        finally:
            current.reset(token)

    async def open(self, outgoing: Outgoing, deadline: Deadline) -> Opened:
        """Send a request; see Session."""
        token = current.set(deadline)
        try:
            response = self.begun(outgoing)
        finally:
            current.reset(token)
        pieces = response.iter_raw()

        async def read(deadline: Deadline) -> bytes:
            token = current.set(deadline)
            try:
                return next(pieces, b"")
            finally:
                current.reset(token)

        async def close() -> None:
            response.close()

        return Opened(response.status_code, lines_of(response), read, close)

    def begun(self, outgoing: Outgoing) -> Any:
        """Send a request, and return its response when the head is there."""
        body = outgoing.body
        request = built(self.client, outgoing, body.pieces() if isinstance(body, Stream) else body)
        return self.client.send(request, stream=True)

    async def close(self) -> None:
        """Close the connections."""
        self.client.close()


class AwaitedHttpxSession:
    """An asynchronous client of httpx, likewise."""

    def __init__(self, httpx: ModuleType, proxies: Proxies, most: int | None) -> None:
        def carried(proxy: str | None) -> Any:
            limits = httpx.Limits(max_connections=most, max_keepalive_connections=most)
            return awaited_transport(httpx)(verify=tls(), proxy=proxy, limits=limits, trust_env=False)

        self.client = httpx.AsyncClient(
            transport=carried(None),
            mounts={f"{scheme}://": carried(proxy) for scheme, proxy in proxies.items()},
            **options(),
        )
        self.client.headers = {}
        # The pool looks at each request that waits whenever one ends.
        self.turn = contextlib.nullcontext() if most is None else asyncio.Semaphore(most)

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a request; see Session."""
        answer: Answer = await within(deadline, self.exchange, outgoing, deadline)
        return answer

    async def exchange(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a request and read its answer."""
        async with self.turn:
            response = await self.begun(outgoing, deadline)
            try:
                content = content_of(outgoing, response, deadline)
                async for piece in response.aiter_raw():
                    content.take(piece)
                return content.answer()
            finally:
                await response.aclose()

    async def open(self, outgoing: Outgoing, deadline: Deadline) -> Opened:
        """Send a request; see Session."""
        response, close = await within(deadline, self.opened, outgoing, deadline)
        pieces = response.aiter_raw()

        async def read(deadline: Deadline) -> bytes:
            found: bytes = await within(deadline, anext, pieces, b"")
            return found

        return Opened(response.status_code, lines_of(response), read, close)

    async def opened(self, outgoing: Outgoing, deadline: Deadline) -> tuple[Any, Callable[[], Awaitable[None]]]:
        """Send a request when it is its turn, and return its response and what closes it and ends the turn."""
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(self.turn)
            response = await self.begun(outgoing, deadline)
            stack.push_async_callback(response.aclose)
            held = stack.pop_all()
        return response, held.aclose

    async def begun(self, outgoing: Outgoing, deadline: Deadline) -> Any:
        """Send a request, and return its response when the head is there."""
        body = outgoing.body
        request = built(self.client, outgoing, body.awaited_pieces() if isinstance(body, Stream) else body)
        if deadline.limits.connect is not None or deadline.limits.read is not None:
            request.extensions.update(limited(deadline))
        return await self.client.send(request, stream=True)

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


def built(client: Any, outgoing: Outgoing, content: Any) -> Any:
    """Return a request of httpx with this content."""
    headers = [(name, value) for name, value in outgoing.headers]
    if isinstance(outgoing.body, Stream) and outgoing.body.size is not None:
        headers.append(("Content-Length", str(outgoing.body.size)))
    empty = not content and outgoing.method not in ("POST", "PUT", "PATCH")
    return client.build_request(outgoing.method, outgoing.url, headers=headers, content=None if empty else content)


def content_of(outgoing: Outgoing, response: Any, deadline: Deadline) -> Content:
    """Return the content of a response of httpx that has not been read. Raises BadContent."""
    return Content(outgoing.method, response.status_code, lines_of(response), deadline.limits.size)


def limited(deadline: Deadline) -> dict[str, Any]:
    """Return the extensions of a request that keeps the limits of an awaited call.

    httpcore gives the timeout of connecting to TCP and to TLS, each; here both share it.
    """
    limits, begun = deadline.limits, monotonic()

    async def trace(name: str, info: dict[str, Any]) -> None:
        nonlocal begun
        if name == "connection.connect_tcp.started":
            begun, deadline.missed = monotonic(), CONNECT
        elif name.endswith("start_tls.started") and limits.connect is not None:
            info["timeout"] = max(0.0, begun + limits.connect - monotonic())
            deadline.missed = CONNECT
        elif name.endswith("receive_response_headers.started"):
            deadline.missed = READ

    timeout = {"connect": limits.connect, "read": limits.read, "write": None, "pool": None}
    return {"timeout": timeout, "trace": trace}


def lines_of(response: Any) -> list[tuple[str, str]]:
    """Return the headers of a response of httpx."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw]


def library(module: ModuleType | None) -> Library:
    """Return the library, httpx2 where both are installed and neither is given. Raises ModuleNotFoundError."""
    if module is None:
        try:
            module = importlib.import_module("httpx2")
        except ModuleNotFoundError:
            module = importlib.import_module("httpx")
    opened: Callable[[Any], Callable[..., Any]] = lambda kind: partial(kind, module)  # noqa: E731
    return Library("httpx", opened(HttpxSession), opened(AwaitedHttpxSession), follows_redirects=False)
