"""Bodies of answers: gathered and decoded as they come, up to a number of bytes (RFC 9110, 8.4).

Neither what comes nor what it is decoded to, at any stage, is more than that number; a coding that is not known stays.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from utilmeta.core.cli.transport.message import Answer, Lines

PIECE = 1 << 16  # bytes that are inflated at once
MOST_CODINGS = 2
MOST_MEMBERS = 10_000  # of one gzip body, as empty ones would never reach the limit
GZIP = 16 + zlib.MAX_WBITS
CODINGS = {"gzip": GZIP, "x-gzip": GZIP, "deflate": zlib.MAX_WBITS}
EMPTY = frozenset({204, 304})
OF_CODED = frozenset({"content-encoding", "content-length"})


class BadContent(Exception):
    """The body of an answer cannot be taken; the text says why, and shows nothing of it."""


class Content:
    """The body of an answer to ``method``, of at most ``limit`` bytes; None is no limit.

    ``at_once`` says that it is not coded and announced within the limit, so that a library may read all of it at once.
    Raises BadContent for one that is announced as larger, and for more than two codings.
    """

    __slots__ = ("at_once", "came", "gathered", "inflaters", "limit", "lines", "status")

    def __init__(self, method: str, status: int, lines: Lines, limit: int | None) -> None:
        self.status = status
        self.lines = lines
        self.limit = limit
        self.came = 0
        self.gathered: list[bytes] = []
        self.inflaters: list[Inflater] = []
        length = coding = ""
        for name, value in lines:
            if len(name) == 14 and name.lower() == "content-length":
                length = value
            elif len(name) == 16 and name.lower() == "content-encoding":
                coding = f"{coding},{value}"
        if coding and method != "HEAD" and status not in EMPTY:
            self.inflaters = [Inflater(each, limit) for each in reversed(known(coding))]
        self.at_once = limit is None or method == "HEAD" or status in EMPTY
        if not self.at_once and length.isdecimal() and len(length) < 20:
            if int(length) > (limit or 0):
                raise too_large(limit)
            self.at_once = True
        self.at_once = self.at_once and not self.inflaters

    @property
    def room(self) -> int:
        """How many bytes a library that waits for so many may read next: no more than tell that there are too many."""
        return PIECE if self.limit is None else max(1, min(PIECE, self.limit - self.came + 1))

    def take(self, piece: bytes) -> None:
        """Take the next bytes. Raises BadContent for too many, and for what is not as it is said to be coded."""
        self.came += len(piece)
        if self.limit is not None and self.came > self.limit:
            raise too_large(self.limit)
        if self.inflaters:
            self.inflate(piece, 0)
        else:
            self.gathered.append(piece)

    def inflate(self, piece: bytes, stage: int) -> None:
        """Take bytes through the codings from one on."""
        if stage == len(self.inflaters):
            self.gathered.append(piece)
            return
        for each in self.inflaters[stage].feed(piece):
            self.inflate(each, stage + 1)

    def answer(self) -> Answer:
        """Return the answer, decoded: without Content-Encoding and Content-Length, which would be of another body.

        Raises BadContent where a coding ends too early.
        """
        lines = self.lines
        if self.came and self.inflaters:
            if not all(inflater.is_whole for inflater in self.inflaters):
                raise BadContent("the body of the answer ends within its Content-Encoding")
            lines = [line for line in lines if line[0].lower() not in OF_CODED]
        return Answer(self.status, lines, b"".join(self.gathered))


class Inflater:
    """The decoder of one coding, by its wbits of zlib, which decodes to at most ``limit`` bytes."""

    def __init__(self, wbits: int, limit: int | None) -> None:
        self.wbits = wbits
        self.limit = limit
        self.made = 0
        self.members = 0
        self.begin = b""
        self.decoder = None if wbits == zlib.MAX_WBITS else zlib.decompressobj(wbits)

    @property
    def is_whole(self) -> bool:
        """Whether all that was begun has come to its end."""
        return self.decoder is not None and self.decoder.eof

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Yield what bytes are decoded to, in pieces. Raises BadContent."""
        if self.decoder is None:
            self.begin += piece
            if len(self.begin) < 2:
                return
            piece, self.begin = self.begin, b""
            # "deflate" is zlib's format (RFC 9110, 8.4.1.2), and for some servers what is in it alone.
            zlibs = piece[0] & 15 == 8 and int.from_bytes(piece[:2], "big") % 31 == 0
            self.decoder = zlib.decompressobj(zlib.MAX_WBITS if zlibs else -zlib.MAX_WBITS)
        made = b""
        while piece or len(made) == PIECE:  # then zlib may hold more
            if self.decoder.eof:
                self.next_member()
            try:
                made = self.decoder.decompress(piece, PIECE)
            except zlib.error:
                raise BadContent("the body of the answer is not as its Content-Encoding says") from None
            self.made += len(made)
            if self.limit is not None and self.made > self.limit:
                raise too_large(self.limit)
            if made:
                yield made
            piece = self.decoder.unconsumed_tail
            if self.decoder.eof:
                piece, made = self.decoder.unused_data, b""

    def next_member(self) -> None:
        """Begin the next member, of which gzip may have several (RFC 1952, 2.2)."""
        self.members += 1
        if self.wbits != GZIP or self.members > MOST_MEMBERS:
            raise BadContent("the body of the answer goes on behind the end of its Content-Encoding")
        self.decoder = zlib.decompressobj(GZIP)


def known(header: str) -> list[int]:
    """Return the codings of a Content-Encoding, in the order in which they were applied; none where one is not known.

    Raises BadContent for more than two.
    """
    names = [name for each in header.split(",") if (name := each.strip().lower()) not in ("", "identity")]
    if len(names) > MOST_CODINGS:
        raise BadContent(f"the body of the answer has {len(names)} codings, one after the other")
    found = [CODINGS.get(name) for name in names]
    return [] if None in found else [wbits for wbits in found if wbits is not None]


def too_large(limit: int | None) -> BadContent:
    """Return the error for a body of more bytes than a client takes."""
    return BadContent(f"the body of the answer has more than max_response_size={limit} bytes")
