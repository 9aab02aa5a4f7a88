"""What goes over the wire, a request and an answer as bytes, and the interface of the libraries that carry it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from utilmeta.core.cli.transport.deadline import Deadline
from utilmeta.core.cli.transport.url import Place

if TYPE_CHECKING:
    from utilmeta.core.cli.bodies.stream import Stream

Lines = Sequence[tuple[str, str]]
"""Header lines in their order, as names and values."""
Proxies = Mapping[str, str]
"""The URL of the proxy for ``http`` and that for ``https``."""
UNLESS_SAID = (("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate"), ("User-Agent", "utilmeta"))


class Outgoing(NamedTuple):
    """A request as it is sent; ``url`` is that of ``place``."""

    method: str
    place: Place
    url: str
    headers: Lines
    body: bytes | Stream

    def __repr__(self) -> str:
        return f"<Outgoing {self.method}>"  # all else may be a secret


class Answer(NamedTuple):
    """An answer with all of its body, which is decoded unless there is a Content-Encoding."""

    status: int
    headers: Lines
    body: bytes

    def __repr__(self) -> str:
        return f"<Answer {self.status}>"


class Opened(NamedTuple):
    """An answer whose head is there, and whose body is still to come; ``close`` is called once.

    ``read`` returns what there is of the body, empty at its end, and waits until the deadline that it is given. Raises
    what the library raises, also for a body that ends too early, and TimeoutError. Neither suspends where the session
    is of a synchronous style.
    """

    status: int
    headers: Lines
    read: Callable[[Deadline], Awaitable[bytes]]
    close: Callable[[], Awaitable[None]]

    def __repr__(self) -> str:
        return f"<Opened {self.status}>"


class Session(Protocol):
    """Connections of one library. That of a synchronous style never suspends in its functions."""

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a request, once, and return all of its answer.

        Follows no redirect and keeps no cookie; the body is decoded (bodies/decoding.py), within the limits of the
        deadline. Raises what the library raises, TimeoutError when the time is over, BadContent and Unreadable.
        """

    async def open(self, outgoing: Outgoing, deadline: Deadline) -> Opened:
        """Send a request likewise, and return its answer as soon as the head is there."""

    async def close(self) -> None:
        """Close the connections."""


@dataclass(frozen=True)
class Library:
    """A library: its styles, None for one that it has not, each a function that opens a session.

    ``awaited`` gets how many connections the session may have at once, too; None for any number.

    ``follows_redirects`` is what it does with redirects unless it is told (CLIENT-g34).
    """

    name: str
    call: Callable[[Proxies], Session] | None
    awaited: Callable[[Proxies, int | None], Session] | None
    follows_redirects: bool = True
