"""Checks of request heads that several servers share, for size and for ambiguous framing (SECURITY-4a, SECURITY-9a)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from utilmeta.core.server.backends.http_head import coding_refusal

TRANSFER_ENCODING, CONTENT_LENGTH = b"transfer-encoding", b"content-length"

END = re.compile(rb"\n\r?\n")


@dataclass(frozen=True)
class HeadLimits:
    """Limits of a request's head: the number of its fields, and their bytes."""

    fields: int
    size: int

    def refusal(self, fields: Iterable[tuple[bytes, bytes]], version: str, size: int = 0) -> int | None:
        """Return the status that refuses a head with these fields, or None; names are in lower case.

        ``size`` is the bytes of the target. A length beside a coding, and a coding other than ``chunked`` alone, may be
        read in another way by a proxy in front of this server: what is a body to one is then a request to the other
        (RFC 9112, 6.1 and 6.3).
        """
        count, coded, measured = 0, None, False
        for name, value in fields:
            count += 1
            size += len(name) + len(value) + 4
            if name == TRANSFER_ENCODING:
                coded = value if coded is None else coded + b"," + value
            elif name == CONTENT_LENGTH:
                measured = True
        if count > self.fields or size > self.size:
            return 431
        if coded is None:
            return None
        return coding_refusal(coded, measured=measured, old=version == "1.0")

    def refusal_of_bytes(self, received: bytes) -> int | None:
        """Return the status that refuses the received beginning of a head, or None.

        It finds what a parser cannot tell, or only after it has read the whole head.
        """
        end = END.search(received)
        head = received if end is None else received[: end.end()]
        if len(head) > self.size or head.count(b"\n") > self.fields + 2:
            return 431
        return 400 if b"\n " in head or b"\n\t" in head else None


def refused(status: int) -> bytes:
    """Return the bytes of a response with this error status and ``Connection: close``, for a request whose head is
    refused."""
    phrase = HTTPStatus(status).phrase
    fields = f"content-type: text/plain; charset=utf-8\r\ncontent-length: {len(phrase)}\r\nconnection: close"
    return f"HTTP/1.1 {status} {phrase}\r\n{fields}\r\n\r\n{phrase}".encode()
