"""Requests by ``aiohttp``, which are awaited."""

from __future__ import annotations

from typing import Any

import aiohttp
import yarl

from utilmeta.core.cli.bodies.decoding import Content
from utilmeta.core.cli.bodies.stream import Stream
from utilmeta.core.cli.transport.connection import tls
from utilmeta.core.cli.transport.deadline import Deadline, within
from utilmeta.core.cli.transport.limits import CONNECT, READ
from utilmeta.core.cli.transport.message import UNLESS_SAID, Answer, Library, Opened, Outgoing, Proxies
from utilmeta.core.cli.transport.url import Place

NOT_SENT = ("Content-Type",)  # a header that aiohttp would add to an empty body


class AiohttpSession:
    """A session of aiohttp that keeps no cookies and reads no environment."""

    def __init__(self, proxies: Proxies, most: int | None) -> None:
        self.proxies = proxies
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=most or 0, ssl=tls()),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            headers=list(UNLESS_SAID),
            skip_auto_headers=NOT_SENT,
            auto_decompress=False,
            trust_env=False,
        )
        # An idempotent request on a kept connection would be sent again where that fails (CLIENT-5).
        self.session._retry_connection = False

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a request; see Session."""
        if deadline.seconds is None:
            return await self.exchange(outgoing, deadline)
        answer: Answer = await within(deadline, self.exchange, outgoing, deadline)
        return answer

    async def exchange(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a request and read its answer."""
        try:
            async with self.begun(outgoing, deadline) as response:
                content = Content(outgoing.method, response.status, lines_of(response), deadline.limits.size)
                if content.at_once:
                    content.take(await response.read())
                else:
                    async for piece in response.content.iter_any():
                        content.take(piece)
                return content.answer()
        except aiohttp.ServerTimeoutError as error:
            deadline.missed = missed(error)
            raise

    async def open(self, outgoing: Outgoing, deadline: Deadline) -> Opened:
        """Send a request; see Session."""
        try:
            response = await within(deadline, lambda: self.begun(outgoing, deadline))
        except aiohttp.ServerTimeoutError as error:
            deadline.missed = missed(error)
            raise

        async def read(deadline: Deadline) -> bytes:
            if getattr(response.content, "_buffer", None):  # also what came before a break, which readany leaves out
                piece: bytes = response.content._read_nowait(-1)
            else:
                piece = await within(deadline, response.content.readany)
            return piece

        async def close() -> None:
            response.close()  # which leaves the connection alone after the last byte

        return Opened(response.status, lines_of(response), read, close)

    def begun(self, outgoing: Outgoing, deadline: Deadline) -> Any:
        """Return a request that is to be awaited or entered, which gives its response when the head is there."""
        limits, body = deadline.limits, outgoing.body
        headers = None if outgoing.headers is UNLESS_SAID else list(outgoing.headers)
        options: dict[str, Any] = {}
        if limits.connect is not None or limits.read is not None:
            options["timeout"] = aiohttp.ClientTimeout(connect=limits.connect, sock_read=limits.read)
        empty = not body and outgoing.method not in ("POST", "PUT", "PATCH")
        data: Any = None if empty else body
        if isinstance(body, Stream):
            data = body.awaited_pieces()
            if body.size is not None:
                headers = [*outgoing.headers, ("Content-Length", str(body.size))]
        return self.session.request(
            outgoing.method,
            url_of(outgoing.place),
            headers=headers,
            data=data,
            allow_redirects=False,
            proxy=self.proxies.get(outgoing.place.origin.scheme),
            **options,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self.session.close()


def lines_of(response: aiohttp.ClientResponse) -> list[tuple[str, str]]:
    """Return the headers of a response of aiohttp."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.raw_headers]


def missed(error: aiohttp.ServerTimeoutError) -> str:
    """Return the name of the limit that an error of aiohttp is about."""
    return READ if isinstance(error, aiohttp.SocketTimeoutError) else CONNECT


def url_of(place: Place) -> yarl.URL:
    """Return the URL of a place, which is encoded and taken apart already."""
    return yarl.URL.build(
        scheme=place.origin.scheme, authority=place.netloc, path=place.path, query_string=place.query, encoded=True
    )


def library(module: Any) -> Library:
    """Return the library."""
    return Library("aiohttp", None, AiohttpSession)
