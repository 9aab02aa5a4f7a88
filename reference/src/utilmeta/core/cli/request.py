"""The request of a client before it is sent, which hooks may change, and what is made of it for the wire."""

from __future__ import annotations

import io
import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from utilmeta.conf.time import Time
from utilmeta.core.cli.bodies.form import MULTIPART, file_members, multipart
from utilmeta.core.cli.bodies.stream import Stream
from utilmeta.core.cli.error import ArgumentError
from utilmeta.core.cli.transport.message import UNLESS_SAID, Outgoing
from utilmeta.core.cli.transport.url import Place, form, place_of, shown
from utilmeta.core.file import File, Unreadable
from utilmeta.core.request.content_type import is_json, media_type
from utilmeta.core.request.headers import TOKEN
from utilmeta.core.response.encoding import compile_encoder
from utilmeta.core.response.headers import Fields, ResponseHeaders, checked_headers, pairs_of

FORM = "application/x-www-form-urlencoded"
COOKIE_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
COOKIE_VALUE = re.compile(r'"?[!#-:<-\[\]-~]*"?')  # RFC 6265, 4.1.1, and the comma between the items of a list
PLAIN_VALUE = re.compile(r"[!-~](?:[ -~]*[!-~])?")  # of a header, most of the time
BARE = re.compile(r"[^\x00-\x20\x7f]+")

# What the library writes; a second one would be another message to the server (RFC 9112, 6.3).
OF_LIBRARY = frozenset({"content-length", "transfer-encoding"})


class ISOTime(Time):
    """Dates and times as ISO 8601 has them, with the offset where there is one, which another service may need."""

    def text(self, value: date | time | datetime) -> str:
        """Return a value as a request has it."""
        return value.isoformat()


encode = compile_encoder(ISOTime())


class RequestHeaders(ResponseHeaders):
    """The headers of a request that is to be sent: a mapping whose names are those of headers in any case."""

    __slots__ = ()

    def __setitem__(self, name: str, value: str | int | float) -> None:
        (field,) = fields_of([(name, value)])
        super().__setitem__(*field)

    def take(self, given: Fields) -> None:
        """Put headers, which are checked, in place of those of their names; a name may be there more than once."""
        names = {name.lower() for name, _ in given}
        self.fields[:] = [field for field in self.fields if field[0].lower() not in names]
        self.fields += given

    def __repr__(self) -> str:
        return f"RequestHeaders of {sorted(self)}"


class ClientRequest:
    """A request that a client is about to send; hooks may change all of it.

    ``url`` is absolute. ``query`` and ``cookies`` map names to values; a value of the query that is a list is sent as
    often as it is long, and None is not sent. ``headers`` is a mapping, whatever the case of its names. ``data`` is the
    body: bytes, a text, a File or a file that is open, a dict with Files, or what JSON can hold. ``timeout`` is in
    seconds, None for no end. ``tries`` is how often it was sent so far.
    """

    __slots__ = ("cookies", "data", "headers", "method", "query", "timeout", "tries", "url")

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
        self.method = method.upper()
        self.url = url
        self.query: dict[str, Any] = dict(query) if query else {}
        self.headers = RequestHeaders(fields_of(headers))
        self.cookies: dict[str, Any] = dict(cookies) if cookies else {}
        self.data = data
        self.timeout = timeout
        self.tries = 0

    @property
    def place(self) -> str:
        """Method, origin and path, without what may be secret."""
        return f"{self.method} {shown(self.url)}"

    def __repr__(self) -> str:
        return f"<ClientRequest {self.place}>"


def fields_of(headers: Any) -> Fields:
    """Return headers as pairs, without those that are None. Raises ArgumentError, which does not show their values."""
    if headers is None:
        return []
    try:
        given = pairs_of(headers)
    except TypeError:
        raise ArgumentError("headers is a mapping of names to texts or numbers, or pairs of these") from None
    fields: Fields = []
    for name, value in given:
        if value is None:
            continue
        if type(value) is str and type(name) is str and PLAIN_VALUE.fullmatch(value) and TOKEN.fullmatch(name):
            fields.append((name, value))
            continue
        try:
            (field,) = checked_headers([(name, value)])
        except (TypeError, ValueError):
            raise ArgumentError(
                f"the header {name!r} cannot be sent: its name is made of letters, digits and hyphens, its value is a "
                "number or a text without a line break"
            ) from None
        if not field[1].isascii():
            raise ArgumentError(f"the header {name!r} holds what is not ASCII; encode it")
        fields.append(field)
    return fields


def outgoing(request: ClientRequest, kept_cookies: Callable[[str], str]) -> Outgoing:
    """Return what is sent. ``kept_cookies`` returns those of earlier answers for a URL, as they stand in a header.

    Raises ArgumentError for what no request can hold.
    """
    there = destination(request)
    url = there.url
    if not COOKIE_NAME.fullmatch(request.method):
        raise ArgumentError(f"{request.method!r} is no HTTP method", request)
    try:
        said = fields_of(request.headers) if request.headers.fields else ()
        fields = [field for field in said if field[0].lower() not in OF_LIBRARY]
    except ArgumentError as error:
        raise ArgumentError(f"{request.place}: {error}", request) from None
    if not fields and request.data is None and not request.cookies:  # as most requests are
        kept = kept_cookies(url)
        return Outgoing(request.method, there, url, [*UNLESS_SAID, ("Cookie", kept)] if kept else UNLESS_SAID, b"")
    names = {name.lower(): value for name, value in fields}
    body, content_type = body_of(request, names.get("content-type"))
    if content_type is not None:  # that of a form has its boundary
        fields = [field for field in fields if field[0].lower() != "content-type"]
        fields.append(("Content-Type", content_type))
    given = [value for name, value in fields if name.lower() == "cookie"]
    if given:
        fields = [field for field in fields if field[0].lower() != "cookie"]
    cookies = cookie_line(request, "; ".join(part for part in (kept_cookies(url), *given) if part))
    if cookies:
        fields.append(("Cookie", cookies))
    fields += [field for field in UNLESS_SAID if field[0].lower() not in names]
    return Outgoing(request.method, there, url, fields, body)


def destination(request: ClientRequest) -> Place:
    """Return where a request is sent, with its query. Raises ArgumentError."""
    if not BARE.fullmatch(request.url):
        raise ArgumentError(f"{shown(request.url)!r} has a space or a control character", request)
    try:
        found = place_of(request.url)
    except ValueError:  # whose text may show a password
        raise ArgumentError(f"{request.method}: its URL is no absolute one of http or https", request) from None
    if not request.query:
        return found
    try:
        query = encoded(request.query)
    except (TypeError, ValueError, RecursionError):
        raise ArgumentError(f"{request.place}: its query holds what cannot be sent", request) from None
    query = f"{found.query}&{query}" if found.query and query else found.query or query
    return Place(found.origin, found.netloc, found.path, query)


def encoded(query: Mapping[str, Any]) -> str:
    """Return a query as it is sent."""
    return form([(name, text) for name, value in query.items() for text in texts(value)])


def texts(value: Any) -> list[str]:
    """Return a value of a query or form as the texts that are sent for it, none for None."""
    if type(value) is str:
        return [value]
    if value is None:
        return []
    if isinstance(value, (list, tuple, set, frozenset)):
        return [found for each in value for found in texts(each)]
    return [text(value)]


def text(value: Any) -> str:
    """Return a value as the text that is sent: that of a text or number, and JSON of anything else.

    Raises TypeError and ValueError for what is none, such as NaN.
    """
    if type(value) is str:
        return value
    if type(value) is int:
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("it is no number")
    written = encode(value).decode()
    return str(json.loads(written)) if written[:1] == '"' else written


def cookie_line(request: ClientRequest, kept: str) -> str:
    """Return the header Cookie; what the request says of a name goes before what was kept. Raises ArgumentError."""
    if not request.cookies:
        return kept
    try:
        own = {name: text(value) for name, value in request.cookies.items() if value is not None}
    except (TypeError, ValueError, RecursionError):
        raise ArgumentError(f"{request.place}: its cookies hold what cannot be sent", request) from None
    for name, value in own.items():
        if not COOKIE_NAME.fullmatch(name) or not COOKIE_VALUE.fullmatch(value):
            raise ArgumentError(
                f"{request.place}: the cookie {name!r} has a character that no cookie can have", request
            )
    lines = [each for each in kept.split("; ") if each and each.partition("=")[0] not in own]
    return "; ".join([*lines, *(f"{name}={value}" for name, value in own.items())])


def body_of(request: ClientRequest, given: str | None) -> tuple[bytes | Stream, str | None]:
    """Return the body, and its content type unless that is ``given`` (CLIENT-g17). Raises ArgumentError."""
    data = request.data
    if data is None:
        return b"", None
    kind = None if given is None else media_type(given)
    if hasattr(data, "read") or isinstance(data, Mapping):
        try:
            found = files_of(request, kind)
        except (Unreadable, TypeError, ValueError) as error:
            raise ArgumentError(f"{request.place}: {error}", request) from None
        if found is not None:
            return found
        data = request.data
    if isinstance(data, (bytes, bytearray, memoryview)):
        return bytes(data), None if kind else "application/octet-stream"
    if isinstance(data, str) and not (kind and is_json(kind)):
        return data.encode(), None if kind else "text/plain; charset=utf-8"
    try:
        if kind == FORM and isinstance(data, Mapping):
            return encoded(data).encode(), None
        return encode(data), None if kind else "application/json"
    except (TypeError, ValueError, RecursionError) as error:
        raise ArgumentError(f"{request.place}: its data cannot be sent ({type(error).__name__})", request) from None


def files_of(request: ClientRequest, kind: str | None) -> tuple[Stream, str | None] | None:
    """Return the body and content type of data that is a file or a form with files (CLIENT-g26), None for other data.

    A file that is open stays in the request as a File, which can be begun again. Raises Unreadable, TypeError and
    ValueError.
    """
    data = request.data
    if isinstance(data, Mapping):
        if kind != MULTIPART and not (kind in (None, FORM) and file_members(data) is not None):
            return None
        return multipart((name, part) for name, value in data.items() for part in fields_with_files(value))
    if isinstance(data, io.TextIOBase):
        request.data = data.read()
        return None
    if not isinstance(data, File):
        request.data = data = File(data)
    return Stream([data]), None if kind else data.content_type


def fields_with_files(value: Any) -> list[str | File]:
    """Return a value of a form as the texts and files that are sent for it."""
    if isinstance(value, File):
        return [value]
    if isinstance(value, (list, tuple)):
        return [part for each in value for part in fields_with_files(each)]
    return list(texts(value))
