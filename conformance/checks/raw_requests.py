"""Requests of which every byte is given: what no client library sends."""

from __future__ import annotations

from conformance.foundation.exceptions import ServiceDied
from conformance.target.exchange import Exchange
from conformance.target.service import Respondent


def raw(method: str, target: str, *fields: tuple[str, str], body: bytes = b"", host: str | None = "localhost") -> bytes:
    """Bytes of a request with Host, unless it is None, and these fields; each character is one byte (Latin-1)."""
    lines = [f"{method} {target} HTTP/1.1", *([f"Host: {host}"] if host else [])]
    lines += [f"{key}: {value}" for key, value in fields]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


CLOSE = ("Connection", "close")
JSON = ("Content-Type", "application/json")
CHUNKED = ("Transfer-Encoding", "chunked")


def chunked(*parts: bytes) -> bytes:
    """Those parts as a chunked body (RFC 9112 section 7.1)."""
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    return chunks + b"0\r\n\r\n"


def answered(service: Respondent, data: bytes, method: str = "GET") -> Exchange | None:
    """The answer to a request, None where the server refuses it without one."""
    try:
        return service.send(data, method)
    except ServiceDied:
        return None
