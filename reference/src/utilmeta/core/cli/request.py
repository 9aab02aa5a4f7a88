"""The request of a client before it is sent, which hooks may change, and what is made of it for the wire."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from utilmeta.conf.time import Time
from utilmeta.core.cli.error import ArgumentError
from utilmeta.core.cli.message import Outgoing
from utilmeta.core.request.content_type import is_json, media_type
from utilmeta.core.response.encoding import compile_encoder
from utilmeta.core.response.headers import ResponseHeaders, checked_headers

FORM = "application/x-www-form-urlencoded"
COOKIE_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
COOKIE_VALUE = re.compile(r'"?[!#-+\--:<-\[\]-~]*"?')  # RFC 6265, 4.1.1
BARE = re.compile(r"[^\x00-\x20\x7f]+")

# Nothing is decoded, so no coding is asked for.
UNLESS_SAID = (("Accept", "*/*"), ("Accept-Encoding", "identity"), ("User-Agent", "utilmeta"))

encode = compile_encoder(Time())


class RequestHeaders(ResponseHeaders):
    """The headers of a request that is to be sent: a mapping whose names are those of headers in any case."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"RequestHeaders of {sorted(self)}"


class ClientRequest:
    """A request that a client is about to send; hooks may change all of it.

    ``url`` is absolute. ``query`` and ``cookies`` map names to values; a value of the query that is a list is sent as
    often as it is long, and None is not sent. ``headers`` is a mapping, whatever the case of its names. ``data`` is the
    body: bytes, a text, a file that is open, or what JSON can hold. ``timeout`` is in seconds, None for no end.
    """

    __slots__ = ("cookies", "data", "headers", "method", "query", "timeout", "url")

    def __init__(
        self,
        method: str,
        url: str,
        *,
        query: Mapping[str, Any] | None = None,
        headers: Any = None,
        cookies: Mapping[str, Any] | None = None,
        data: Any = None,
        timeout: float | None = None,
    ) -> None:
        if not COOKIE_NAME.fullmatch(method):
            raise ArgumentError(f"{method!r} is no HTTP method")
        self.method = method.upper()
        self.url = url
        self.query: dict[str, Any] = dict(query or {})
        self.headers = RequestHeaders([])
        for name, value in pairs(headers):
            self.headers[name] = value
        self.cookies: dict[str, Any] = dict(cookies or {})
        self.data = data
        self.timeout = timeout

    @property
    def place(self) -> str:
        """Method, origin and path, without what may be secret."""
        return f"{self.method} {shown(self.url)}"

    def __repr__(self) -> str:
        return f"<ClientRequest {self.place}>"


def shown(url: str) -> str:
    """Return a URL without user, password, query and fragment."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def pairs(headers: Any) -> Iterable[tuple[str, Any]]:
    """Return headers as pairs, without those that are None."""
    given = headers.items() if isinstance(headers, Mapping) else headers or ()
    return [(name, value) for name, value in given if value is not None]


def outgoing(request: ClientRequest, kept_cookies: str = "") -> Outgoing:
    """Return what is sent. ``kept_cookies`` are those of earlier answers, as they stand in a header.

    Raises ArgumentError for what no request can hold.
    """
    body, content_type = body_of(request)
    try:
        fields = list(checked_headers(request.headers))
    except (TypeError, ValueError) as error:
        raise ArgumentError(f"{request.place}: {error}", request) from None
    if content_type is not None:
        fields.append(("Content-Type", content_type))
    cookies = cookie_line(request, kept_cookies)
    if cookies:
        fields.append(("Cookie", cookies))
    names = {name.lower() for name, _ in fields}
    fields += [(name, value) for name, value in UNLESS_SAID if name.lower() not in names]
    for name, value in fields:
        if not value.isascii():
            raise ArgumentError(f"{request.place}: the header {name} holds what is not ASCII; encode it", request)
    return Outgoing(request.method, full_url(request), fields, body)


def full_url(request: ClientRequest) -> str:
    """Return the URL with its query, in ASCII. Raises ArgumentError."""
    parts = urlsplit(request.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ArgumentError(f"{shown(request.url)} is no absolute URL of http or https", request)
    try:
        netloc = parts.netloc.rpartition("@")[2]
        netloc = netloc if netloc.isascii() else netloc.encode("idna").decode()
        _ = parts.port
    except ValueError:
        raise ArgumentError(f"{shown(request.url)}: no host can be called that", request) from None
    if not BARE.fullmatch(request.url):
        raise ArgumentError(f"{shown(request.url)!r} has a space or a control character", request)
    query = "&".join(part for part in (quote(parts.query, safe=QUERY), encoded(request.query)) if part)
    path = quote(parts.path or "/", safe=PATH)
    return f"{parts.scheme}://{netloc}{path}{'?' if query else ''}{query}"


PATH = "/%:@!$&'()*+,;=~"
QUERY = PATH + "?[]|"


def encoded(query: Mapping[str, Any]) -> str:
    """Return a query as it is sent."""
    return urlencode([(name, text) for name, value in query.items() for text in texts(value)])


def texts(value: Any) -> list[str]:
    """Return a value of a query or form as the texts that are sent for it, none for None."""
    if value is None:
        return []
    if isinstance(value, (list, tuple, set, frozenset)):
        return [found for each in value for found in texts(each)]
    return [text(value)]


def text(value: Any) -> str:
    """Return a value as the text that is sent: that of a text or number, and JSON of anything else."""
    if type(value) is str:
        return value
    written = encode(value).decode()
    if written[:1] == '"':
        import json

        written = json.loads(written)
    return written


def cookie_line(request: ClientRequest, kept: str) -> str:
    """Return the header Cookie; what the request says of a name goes before what was kept. Raises ArgumentError."""
    own = {name: text(value) for name, value in request.cookies.items() if value is not None}
    for name, value in own.items():
        if not COOKIE_NAME.fullmatch(name) or not COOKIE_VALUE.fullmatch(value):
            raise ArgumentError(
                f"{request.place}: the cookie {name!r} has a character that no cookie can have", request
            )
    lines = [each for each in kept.split("; ") if each and each.partition("=")[0] not in own]
    return "; ".join([*lines, *(f"{name}={value}" for name, value in own.items())])


def body_of(request: ClientRequest) -> tuple[bytes, str | None]:
    """Return the body, and its content type where the headers do not say it (CLIENT-g17). Raises ArgumentError."""
    data, given = request.data, request.headers.get("Content-Type")
    if data is None:
        return b"", None
    kind = media_type(given) if isinstance(given, str) else None
    if hasattr(data, "read"):
        content = data.read()
        guessed = mimetypes.guess_type(str(getattr(data, "name", "")))[0] or "application/octet-stream"
        return content.encode() if isinstance(content, str) else content, None if kind else guessed
    if isinstance(data, (bytes, bytearray, memoryview)):
        return bytes(data), None if kind else "application/octet-stream"
    if isinstance(data, str) and not (kind and is_json(kind)):
        return data.encode(), None if kind else "text/plain; charset=utf-8"
    if kind == FORM and isinstance(data, Mapping):
        return encoded(data).encode(), None
    try:
        return encode(data), None if kind else "application/json"
    except (TypeError, ValueError) as error:
        raise ArgumentError(f"{request.place}: its data cannot be sent as JSON: {error}", request) from None
