"""Which heads of requests a server refuses before anything is done about them (SECURITY-4a, SECURITY-9a)."""

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
    """How many fields a head may have, and how many bytes."""

    fields: int
    size: int

    def refusal(self, fields: Iterable[tuple[bytes, bytes]], version: str, size: int = 0) -> int | None:
        """The status that refuses a head of these fields, names in lower case, after ``size`` bytes of a target.

        A length beside a coding, and a coding that is not ``chunked`` alone, may be read in another way by what is in
        front of this server, and what one takes for a body the other takes for a request (RFC 9112, 6.1 and 6.3).
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
        """The status that refuses what begins with a head, or is the beginning of one: what a parser cannot tell, or
        only when it has read all of it."""
        end = END.search(received)
        head = received if end is None else received[: end.end()]
        if len(head) > self.size or head.count(b"\n") > self.fields + 2:
            return 431
        return 400 if b"\n " in head or b"\n\t" in head else None


def refused(status: int) -> bytes:
    """The whole response to a head that is refused; the connection is of no more use."""
    phrase = HTTPStatus(status).phrase
    fields = f"content-type: text/plain; charset=utf-8\r\ncontent-length: {len(phrase)}\r\nconnection: close"
    return f"HTTP/1.1 {status} {phrase}\r\n{fields}\r\n\r\n{phrase}".encode()
