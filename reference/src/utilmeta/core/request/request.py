"""The request as endpoints see it (REQUEST-1), parsed lazily: a part that is not read costs nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from utilmeta.core.request.body.content import parse_content
from utilmeta.core.request.body.json_limits import too_large as json_too_large
from utilmeta.core.request.client_address import Address, trusted_proxies
from utilmeta.core.request.content_type import is_json, media_type
from utilmeta.core.request.headers import Headers
from utilmeta.core.request.query import QueryDict, parse_query
from utilmeta.core.request.servers.connection import Adaptor, Connection, absolute_url
from utilmeta.core.request.text import decode_path, parse_cookies
from utilmeta.utils.exceptions import BadRequest, RequestEntityTooLarge, RequestHeaderFieldsTooLarge

# Whitespace around a header's value (RFC 9110, 5.6.3), which not every server strips.
WHITESPACE = " \t"

# Length of a chunked body.
UNKNOWN = sys.maxsize

# Digits of a Content-Length; a longer one is too large without converting it.
LONGEST = 20


class Request:
    """Base of the requests that backends hand over; a backend implements what raises NotImplementedError here.

    ``method`` is the method as sent. ``raw_path`` is the path as the server gives it, below the application's own mount
    point, one character a byte; whether it is still percent-encoded depends on the subclass (see ``path_bytes``).
    ``arrived`` is when the request was handed over, in seconds since the epoch. ``deadline``, where there is one, is
    when the time of a plain endpoint is over, on the clock of ``time.monotonic()``. ``cross_origin``, where it is set,
    says that CORS allows its Origin.
    """

    __slots__ = (
        "_body",
        "_connection",
        "_context",
        "_cookies",
        "_data",
        "_headers",
        "_id",
        "_ip_address",
        "_query",
        "arrived",
        "background",
        "cross_origin",
        "deadline",
        "method",
        "path_params",
        "raw_path",
    )

    arrived: float
    background: Any
    cross_origin: bool
    deadline: float
    method: str
    raw_path: str
    path_params: Mapping[str, str]

    # --- what a backend implements ---

    def path_bytes(self) -> bytes:
        """Return the path, percent-decoded exactly once (ROUTE-4a)."""
        raise NotImplementedError

    def query_bytes(self) -> bytes:
        """Return the query string as sent, without the question mark."""
        raise NotImplementedError

    def header(self, name: str) -> str | None:
        """Return one header by its lower-case name, stripped of whitespace, or None.

        Several headers of one name are joined by a comma.
        """
        raise NotImplementedError

    def header_items(self) -> Iterable[tuple[str, str]]:
        """Return all headers, values as ``header`` gives them and names in lower case."""
        raise NotImplementedError

    def check_head(self, fields: int, size: int) -> None:
        """Raise RequestHeaderFieldsTooLarge for more than ``fields`` header fields, or ``size`` bytes of them."""
        check_head([len(name) + len(value) for name, value in self.header_items()], fields, size)

    def connect(self) -> Connection:
        """Return the connection that the request came by."""
        raise NotImplementedError

    def framework_request(self) -> Any:
        """Return the framework's own request object."""
        raise NotImplementedError

    def read_body(self, limit: int) -> bytes:
        """Read the whole body, on a server of threads. Raises RequestEntityTooLarge past ``limit`` bytes."""
        raise NotImplementedError

    async def receive_body(self, limit: int) -> bytes:
        """Read the whole body, on a server with an event loop. Raises RequestEntityTooLarge past ``limit`` bytes."""
        raise NotImplementedError

    # --- what endpoints use ---

    @property
    def id(self) -> str:
        """Random id of the request, 32 hexadecimal digits; the response carries it as X-Request-ID."""
        try:
            return self._id
        except AttributeError:
            self._id: str = os.urandom(16).hex()
            return self._id

    @property
    def context(self) -> dict[str, Any]:
        """Dict in which plugins and hooks keep values for the time of this request; empty at first."""
        try:
            return self._context
        except AttributeError:
            self._context: dict[str, Any] = {}
            return self._context

    @property
    def path(self) -> str:
        """The decoded path. Raises BadRequest where it is not UTF-8."""
        return decode_path(self.path_bytes())

    @property
    def url(self) -> str:
        """The absolute URL; its query is as it was sent, its path is percent-encoded anew."""
        return absolute_url(self.scheme, self.host, self.connection.mount + self.path_bytes(), self.query_bytes())

    @property
    def host(self) -> str:
        """The Host header, which has the port too; without one, the address that the client connected to."""
        return self.header("host") or self.connection.server

    @property
    def scheme(self) -> str:
        """The URL's scheme, ``http`` or ``https``."""
        return self.connection.scheme

    @property
    def ip_address(self) -> Address | None:
        """The IP address of the client, an IPv4Address or IPv6Address (API-g23); None where it has none, as on a Unix
        socket.

        It is the peer's, or, where that is a trusted proxy, the one that X-Forwarded-For tells (REQUEST-g28).
        """
        try:
            return self._ip_address
        except AttributeError:
            found = trusted_proxies.get().client(self.connection.peer, self.header("x-forwarded-for"))
            self._ip_address: Address | None = found
            return found

    @property
    def user_agent(self) -> str:
        """The User-Agent header; empty where there is none."""
        return self.header("user-agent") or ""

    @property
    def time(self) -> datetime:
        """When the request arrived, as a datetime in UTC."""
        return datetime.fromtimestamp(self.arrived, timezone.utc)

    @property
    def adaptor(self) -> Adaptor:
        """Access to the framework's own request object, as ``adaptor.request``."""
        return Adaptor(self.framework_request())

    @property
    def connection(self) -> Connection:
        """The connection that the request came by, with the addresses of both ends."""
        try:
            return self._connection
        except AttributeError:
            self._connection: Connection = self.connect()
            return self._connection

    @property
    def query(self) -> QueryDict:
        """The query, a dict of the last text under each name; ``getlist`` has all of a name (API-g22).

        Raises BadRequest where one is not UTF-8.
        """
        try:
            return self._query
        except AttributeError:
            self._query: QueryDict = parse_query(self.query_bytes())
            return self._query

    @property
    def headers(self) -> Headers:
        """All headers, by case-insensitive names; several of one name are joined by a comma."""
        try:
            return self._headers
        except AttributeError:
            self._headers: Headers = Headers(self.header_items())
            return self._headers

    @property
    def cookies(self) -> dict[str, str]:
        """All cookies by name; of a name sent twice the first value, which is the most specific (RFC 6265, 5.4)."""
        try:
            return self._cookies
        except AttributeError:
            self._cookies: dict[str, str] = parse_cookies(self.header("cookie") or "")
            return self._cookies

    @property
    def body(self) -> bytes:
        """The body as it was sent; empty where there is none (REQUEST-1c)."""
        try:
            return self._body
        except AttributeError:
            return b""

    @property
    def data(self) -> Any:
        """The body parsed by its content type, whatever the endpoint declares (REQUEST-1h).

        It is the value of JSON, the texts of a form's fields by name, a text, or bytes; None where the body is empty.
        Raises the HTTPError that an endpoint which declares the body would raise where it does not parse.
        """
        try:
            return self._data
        except AttributeError:
            self._data: Any = parse_content(self.body, self.header("content-type") or "")
            return self._data

    @property
    def has_json(self) -> bool:
        """Whether the body is JSON by its content type, or has none, or an empty one, which stand for JSON too."""
        content_type = self.header("content-type")
        return not content_type or is_json(media_type(content_type))

    def load_json(self, limit: int) -> None:
        """Read a JSON body, as ``load`` does; one that is too large is refused with the limit of JSON."""
        try:
            self.check_length(limit)
            self.load(limit)
        except RequestEntityTooLarge:
            raise json_too_large(limit) from None

    async def receive_json(self, limit: int) -> None:
        """Read a JSON body, as ``receive`` does; one that is too large is refused with the limit of JSON."""
        try:
            self.check_length(limit)
            await self.receive(limit)
        except RequestEntityTooLarge:
            raise json_too_large(limit) from None

    def load(self, limit: int) -> None:
        """Read the body, on a server of threads, for ``body`` and ``data``.

        Raises RequestEntityTooLarge past ``limit`` bytes.
        """
        self._body = self.read_body(limit)

    async def receive(self, limit: int) -> None:
        """Read the body, on a server with an event loop, as ``load`` does on one of threads."""
        self._body = await self.receive_body(limit)

    def check_length(self, limit: int) -> int:
        """Return the announced length of the body in bytes, UNKNOWN where it is chunked.

        Raises RequestEntityTooLarge if it is more than ``limit`` (ERROR-1d), BadRequest if it is not a number
        (ROUTE-6).
        """
        length = self.header("content-length")
        announced = 0 if length is None else check_length(length, limit)
        return announced if self.header("transfer-encoding") is None else UNKNOWN


def check_length(length: str, limit: int) -> int:
    """Return the number of a Content-Length header.

    Raises RequestEntityTooLarge if it is more than ``limit``, BadRequest if it is not a number.
    """
    length = length.strip(WHITESPACE)
    if not (length.isascii() and length.isdigit()):
        raise BadRequest("The Content-Length is no number")
    if len(length) > LONGEST or int(length) > limit:
        raise too_large(limit)
    return int(length)


def check_head(lengths: Collection[int], fields: int, size: int) -> None:
    """Raise RequestHeaderFieldsTooLarge for more than ``fields`` header fields, or more than ``size`` bytes of them.

    ``lengths`` are the bytes of each field's name and value; four more are counted for its colon, space and line end.
    """
    if len(lengths) > fields:
        raise RequestHeaderFieldsTooLarge(f"There are more than {fields} header fields")
    if sum(lengths) + 4 * len(lengths) > size:
        raise RequestHeaderFieldsTooLarge(f"The header fields are larger than {size} bytes")


def left() -> BadRequest:
    """Return the error for a client that left before its body was complete; no client reads it."""
    return BadRequest("The client left before its body was complete")


def too_large(limit: int) -> RequestEntityTooLarge:
    """Return the error for a body of more than ``limit`` bytes."""
    return RequestEntityTooLarge(f"The body is larger than {limit} bytes")


def below(root: bytes, path: bytes) -> bytes:
    """Return ``path`` without the mount point ``root``, if it begins with that; the cut is at a segment boundary."""
    root = root.rstrip(b"/")
    return path[len(root) :] if path.startswith(root) and path[len(root) : len(root) + 1] in (b"", b"/") else path
