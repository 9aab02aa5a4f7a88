"""Lines of a stream of bytes that is cut anywhere, and JSON values a line each (NDJSON, JSON Lines)."""

from __future__ import annotations

import re
from collections.abc import Iterator


class TooLarge(Exception):
    """A line or an event is larger than its limit."""


NEWLINE = re.compile(rb"\n")


class Lines:
    """Splits pieces at what ``end`` matches; ``pending`` is the line that is not whole yet.

    A piece that ends in CR ends the line, and LF at the begin of the next is part of that end.
    """

    def __init__(self, end: re.Pattern[bytes]) -> None:
        self.end = end
        self.pending = bytearray()
        self.after_cr = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Yield the lines that are whole with a piece, without their ends."""
        if self.after_cr and piece:
            piece = piece.removeprefix(b"\n")
            self.after_cr = False
        found = self.end.split(piece)
        if len(found) > 1:
            self.after_cr = not found[-1] and piece[-1:] == b"\r"
            found[0] = bytes(self.pending) + found[0]
            self.pending = bytearray(found.pop())
            yield from found
        else:
            self.pending += piece


class LineParser:
    """Lines that are not empty, of a stream of JSON values."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.lines = Lines(NEWLINE)

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Yield the lines that are whole with a piece. Raises TooLarge for one that is larger than the limit."""
        for line in self.lines.feed(piece):
            self.bound(len(line))
            if line.strip():
                yield line
        self.bound(len(self.lines.pending))

    def end(self) -> Iterator[bytes]:
        """Yield the last line, which need not have an end."""
        if self.lines.pending.strip():
            yield bytes(self.lines.pending)

    def bound(self, size: int) -> None:
        """Raise TooLarge where a line is too large."""
        if size > self.limit:
            raise TooLarge(f"a line is larger than {self.limit} bytes")
