"""Grammar of a request's head (RFC 9112), for servers that accept more.

Where two programs read a head in two ways, one request can be smuggled in another (SECURITY-9a).
"""

from __future__ import annotations

import re

from utilmeta.core.request.headers import TOKEN

NAME = TOKEN.pattern.encode()
TEXT = rb"[\t -~\x80-\xff]*"
# Lines end in CRLF alone, names directly before the colon; no line is folded, no control character allowed.
HEAD = re.compile(rb"%s [!-~\x80-\xff]+ HTTP/1\.([01])(?:\r\n%s:%s)*" % (NAME, NAME, TEXT))
OTHER_VERSION = re.compile(rb"%s [!-~\x80-\xff]+ HTTP/[0-9]\.[0-9]\r\n" % NAME)
ONCE = re.compile(rb"\r\n(host|content-length|transfer-encoding):[ \t]*([^\r]*)", re.IGNORECASE)
DIGITS = re.compile(rb"[0-9]+")
# The line before a chunk (7.1); its extensions are ignored.
CHUNK = re.compile(rb"([0-9A-Fa-f]{1,16})(?:[ \t]*;%s)?\r\n" % TEXT)
LONGEST_CHUNK_LINE = 256


class Refused(Exception):
    """Raised for a head or body that is not HTTP; ``status`` is that of its refusal."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def check_head(head: bytes | bytearray, max_fields: int) -> None:
    """Raise Refused unless ``head``, without the empty line at its end, can be read in one way only."""
    if head.count(b"\r\n") > max_fields:
        raise Refused(431)
    match = HEAD.fullmatch(head)
    if match is None:
        other = OTHER_VERSION.match(head)
        raise Refused(505 if other and b" HTTP/1.0\r\n" not in other[0] and b" HTTP/1.1\r\n" not in other[0] else 400)
    found: dict[bytes, bytes] = {}
    for name, value in ONCE.findall(head):
        if name.lower() in found:
            raise Refused(400)
        found[name.lower()] = value.rstrip(b" \t")
    length, coding = found.get(b"content-length"), found.get(b"transfer-encoding")
    if length is not None and not DIGITS.fullmatch(length):
        raise Refused(400)
    if coding is not None:
        status = coding_refusal(coding, measured=length is not None, old=match[1] == b"0")
        if status is not None:
            raise Refused(status)


def coding_refusal(coding: bytes, *, measured: bool, old: bool) -> int | None:
    """Return the status that refuses a head with this Transfer-Encoding, or None where it is ``chunked`` alone.

    ``measured`` says that a Content-Length stands beside it, ``old`` that the request is of HTTP/1.0. A proxy in front
    of this server may read any other head in another way (RFC 9112, 6.1 and 6.3).
    """
    if measured or old:
        return 400
    codings = [each.strip(b" \t").lower() for each in coding.split(b",")]
    if codings == [b"chunked"]:
        return None
    return 400 if set(codings) <= {b"chunked", b""} else 501
