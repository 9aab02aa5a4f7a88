"""Requests by ``aiohttp``, which are awaited."""

from __future__ import annotations

from typing import Any

import aiohttp
import yarl

from utilmeta.core.cli.transport.connection import tls
from utilmeta.core.cli.transport.deadline import Deadline, within
from utilmeta.core.cli.transport.message import Answer, Library, Outgoing, Proxies

LONGEST_LINE = 1 << 16  # bytes of a line of an answer's head, as http.client has it
NOT_SENT = ("Content-Type",)  # a header that aiohttp would add to an empty body


class AiohttpSession:
    """A session of aiohttp that keeps no cookies and reads no environment."""

    def __init__(self, proxies: Proxies) -> None:
        self.proxies = proxies
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, ssl=tls()),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            auto_decompress=False,
            trust_env=False,
            max_line_size=LONGEST_LINE,
            max_field_size=LONGEST_LINE,
        )
        # An idempotent request on a kept connection would be sent again where that fails (CLIENT-5).
        self.session._retry_connection = False

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a request; see Session."""
        answer: Answer = await within(deadline, self.exchange, outgoing)
        return answer

    async def exchange(self, outgoing: Outgoing) -> Answer:
        """Send a request and read its answer."""
        empty = not outgoing.body and outgoing.method not in ("POST", "PUT", "PATCH")
        spelled: dict[str, str] = {}  # aiohttp keeps a second header of a name where it is spelled alike
        async with self.session.request(
            outgoing.method,
            yarl.URL(outgoing.url, encoded=True),
            headers=[(spelled.setdefault(name.lower(), name), value) for name, value in outgoing.headers],
            data=None if empty else outgoing.body,
            skip_auto_headers=NOT_SENT,
            allow_redirects=False,
            proxy=self.proxies.get(outgoing.url.partition(":")[0]),
        ) as response:
            lines = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.raw_headers]
            return Answer(response.status, lines, await response.read())

    async def close(self) -> None:
        """Close the connections."""
        await self.session.close()


def library(module: Any) -> Library:
    """Return the library."""
    return Library("aiohttp", None, AiohttpSession)
