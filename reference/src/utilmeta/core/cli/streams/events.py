"""Parsing of server-sent events: from bytes, cut anywhere, to events (WHATWG HTML, 9.2.5 and 9.2.6).

It keeps no more than the event that is being read, whose size has a limit; httpx-sse and sseclient-py have none, take
lines of a text that a library has decoded, and split them where the standard does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from utilmeta.core.cli.streams.lines import Lines, TooLarge
from utilmeta.core.response.events import MESSAGE

END = re.compile(rb"\r\n|\r|\n")
BOM = b"\xef\xbb\xbf"
DIGITS = re.compile(rb"[0-9]+")
MOST_DIGITS = 15  # of a time; a longer one is as good as never


class Event(NamedTuple):
    """An event as it came; ``id`` is the last one that the stream has said, ``retry`` is in milliseconds."""

    name: str
    data: str
    id: str
    retry: int | None


class EventParser:
    """The state of one connection's stream, from its begin; ``last_id`` is what the last one has left."""

    def __init__(self, limit: int, last_id: str = "") -> None:
        self.limit = limit
        self.lines = Lines(END)
        self.first = True
        self.last_id = last_id
        """The id of the last event that is whole."""
        self.retry: int | None = None
        """How long to wait before a new connection, in milliseconds, where the stream says it."""
        self.id = last_id
        self.clear()

    def clear(self) -> None:
        """Begin a new event."""
        self.name = ""
        self.data: list[str] = []
        self.wait: int | None = None
        self.size = 0

    def feed(self, piece: bytes) -> Iterator[Event]:
        """Yield the events that are whole with a piece. Raises TooLarge for one that is larger than the limit."""
        for line in self.lines.feed(piece):
            if self.first:
                line, self.first = line.removeprefix(BOM), False
            if line:
                self.field(line)
            elif (event := self.dispatched()) is not None:
                yield event
        self.bound(len(self.lines.pending))

    def bound(self, more: int) -> None:
        """Raise TooLarge where the event is too large."""
        if self.size + more > self.limit:
            raise TooLarge(f"an event is larger than {self.limit} bytes")

    def field(self, line: bytes) -> None:
        """Take a line that is not empty. Raises TooLarge."""
        self.bound(len(line))
        name, _, value = line.partition(b":")
        if not name:
            return  # a comment
        self.size += len(line) + 1
        value = value[1:] if value[:1] == b" " else value
        if name == b"data":
            self.data.append(value.decode("utf-8", "replace"))
        elif name == b"event":
            self.name = value.decode("utf-8", "replace")
        elif name == b"id" and b"\0" not in value:
            self.id = value.decode("utf-8", "replace")
        elif name == b"retry" and DIGITS.fullmatch(value):
            self.retry = self.wait = int(value[:MOST_DIGITS])

    def dispatched(self) -> Event | None:
        """Return the event that an empty line ends, None where it has no data."""
        self.last_id = self.id
        event = Event(self.name or MESSAGE, "\n".join(self.data), self.id, self.wait) if self.data else None
        self.clear()
        return event
