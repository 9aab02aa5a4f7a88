"""Request class for WSGI servers (PEP 3333), the base for every backend that is a WSGI application."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from utilmeta.core.request.request import (
    UNKNOWN,
    WHITESPACE,
    Request,
    below,
    check_head,
    check_length,
    left,
    too_large,
)
from utilmeta.core.request.servers.connection import Connection, authority, authority_of
from utilmeta.core.request.servers.recorded_body import RecordedInput, is_of_server
from utilmeta.utils.exceptions import HTTPError, LengthRequired

REPLACEMENT = "\N{REPLACEMENT CHARACTER}".encode()
# Bytes of one read from a body of unknown length.
PIECE = 65536
FOLD = re.compile(r"[\r\n]+[ \t]*")

# Servers that do not tell a cut off chunked body from a whole one.
ENDS_BROKEN_BODIES = ("Granian",)

# wsgiref, and so Django's development server, adds this Content-Type to a request without one.
WSGIREF, ADDED = "WSGIServer/", "text/plain"

UNPREFIXED = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class WSGIRequest(Request):
    """Request of a WSGI server; ``native`` is the environ, whose PATH_INFO the server has percent-decoded."""

    __slots__ = ("native",)

    def __init__(self, environ: dict[str, Any]) -> None:
        self.native = environ
        self.arrived = time.time()
        self.method = environ["REQUEST_METHOD"]
        self.raw_path = environ["PATH_INFO"]
        target: str = environ.get("RAW_URI") or "/"
        if target[0] != "/" and "://" in target:
            environ["HTTP_HOST"] = authority_of(target)

    def path_bytes(self) -> bytes:
        path = self.raw_path.encode("latin-1")
        if REPLACEMENT in path:
            # Werkzeug's server replaces bytes that are not UTF-8 by this character; the target has them (ROUTE-4b).
            target: str = self.native.get("REQUEST_URI") or self.native.get("RAW_URI") or ""
            if target.startswith("/"):
                return below(
                    self.native.get("SCRIPT_NAME", "").encode("latin-1"), unquote_to_bytes(target.partition("?")[0])
                )
        return path

    def query_bytes(self) -> bytes:
        query: str = self.native.get("QUERY_STRING", "")
        return query.encode("latin-1")

    def header(self, name: str) -> str | None:
        # An empty CONTENT_TYPE or CONTENT_LENGTH stands for an absent header (PEP 3333, environ variables).
        if name in UNPREFIXED:
            return field_value(self.native.get(UNPREFIXED[name]) or "") or None
        value: str | None = self.native.get("HTTP_" + name.upper().replace("-", "_"))
        return None if value is None else field_value(value)

    def header_items(self) -> Iterable[tuple[str, str]]:
        for name, key in UNPREFIXED.items():
            if self.native.get(key):
                yield name, field_value(self.native[key])
        for key, value in self.native.items():
            if key.startswith("HTTP_"):
                yield key[5:].lower().replace("_", "-"), field_value(value)

    def check_head(self, fields: int, size: int) -> None:
        """Check the header fields as ``Request`` does; fields of one name count once: the server has joined them."""
        lengths = [len(key) - 5 + len(value) for key, value in self.native.items() if key[:5] == "HTTP_"]
        added = self.native.get("CONTENT_TYPE") == ADDED and self.native.get("SERVER_SOFTWARE", "").startswith(WSGIREF)
        names = ("CONTENT_LENGTH",) if added else UNPREFIXED.values()
        lengths += [len(key) + len(self.native[key]) for key in names if self.native.get(key)]
        check_head(lengths, fields, size)

    def connect(self) -> Connection:
        environ = self.native
        return Connection(
            environ["wsgi.url_scheme"],
            authority((environ["SERVER_NAME"], environ["SERVER_PORT"])),
            environ.get("REMOTE_ADDR", ""),
            environ.get("SCRIPT_NAME", "").rstrip("/").encode("latin-1"),
        )

    def framework_request(self) -> Any:
        return self.native

    def check_length(self, limit: int) -> int:
        length: str | None = self.native.get("CONTENT_LENGTH")
        announced = check_length(length, limit) if length else 0
        if "HTTP_TRANSFER_ENCODING" not in self.native:
            return announced
        if not self.decodes_chunks:
            raise LengthRequired("This server takes no body without a Content-Length")
        return UNKNOWN

    @property
    def unframed(self) -> bool:
        """Whether the server does not know where the body ends, so that the connection has to be closed (ROUTE-6)."""
        length: str = self.native.get("CONTENT_LENGTH") or "0"
        return not length.strip(WHITESPACE).isdigit() or (
            "HTTP_TRANSFER_ENCODING" in self.native and not self.decodes_chunks
        )

    @property
    def decodes_chunks(self) -> bool:
        """Whether the server tells a complete chunked body from one that is cut off."""
        environ = self.native
        return bool(environ.get("wsgi.input_terminated")) and environ.get("SERVER_SOFTWARE") not in ENDS_BROKEN_BODIES

    def read_body(self, limit: int) -> bytes:
        stream, before = self.native["wsgi.input"], b""
        if isinstance(stream, RecordedInput):
            if stream.broken:
                raise left()
            stream, before = stream.stream, stream.content()
        length = self.native.get("CONTENT_LENGTH")
        try:
            if length and "HTTP_TRANSFER_ENCODING" not in self.native:
                check_length(length, limit)
                return before + read_exactly(stream, int(length) - len(before))
            return before + read_all(stream, limit, len(before)) if self.native.get("wsgi.input_terminated") else b""
        except HTTPError:
            raise
        except Exception as error:
            if not is_of_server(error, self.native):
                raise
            raise left() from None


def field_value(text: str) -> str:
    """Return the value of a header field, stripped and on one line.

    Django's development server leaves line breaks in a folded value, each of which stands for a space (RFC 9112, 5.2).
    """
    if "\n" in text or "\r" in text:
        text = FOLD.sub(" ", text)
    return text.strip(WHITESPACE)


def read_exactly(stream: Any, length: int) -> bytes:
    """Read ``length`` bytes. Raises BadRequest where the stream ends before."""
    chunks = []
    while length > 0:
        chunk: bytes = stream.read(length)
        if not chunk:
            raise left()
        chunks.append(chunk)
        length -= len(chunk)
    return b"".join(chunks)


def read_all(stream: Any, limit: int, size: int = 0) -> bytes:
    """Read a stream to its end, after ``size`` bytes. Raises RequestEntityTooLarge past ``limit`` bytes in all."""
    chunks = []
    # One byte past the limit is enough: the client need not have sent the rest (ERROR-1d).
    while chunk := stream.read(min(PIECE, limit + 1 - size)):
        size += len(chunk)
        if size > limit:
            raise too_large(limit)
        chunks.append(chunk)
    return b"".join(chunks)


def closing(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the headers of a reply after which the server closes the connection: those without Content-Length.

    The Connection header itself is for the server alone to send (PEP 3333, other HTTP features).
    """
    return [(name, value) for name, value in headers if name != "Content-Length"]
