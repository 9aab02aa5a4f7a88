"""What goes over the wire, a request and an answer as bytes, and the interface of the libraries that carry it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from utilmeta.core.cli.transport.deadline import Deadline
from utilmeta.core.cli.transport.url import Place

Lines = Sequence[tuple[str, str]]
"""Header lines in their order, as names and values."""
Proxies = Mapping[str, str]
"""The URL of the proxy for ``http`` and that for ``https``."""
# Nothing is decoded, so no coding is asked for.
UNLESS_SAID = (("Accept", "*/*"), ("Accept-Encoding", "identity"), ("User-Agent", "utilmeta"))


class Outgoing(NamedTuple):
    """A request as it is sent; ``url`` is that of ``place``."""

    method: str
    place: Place
    url: str
    headers: Lines
    body: bytes

    def __repr__(self) -> str:
        return f"<Outgoing {self.method}>"  # all else may be a secret


class Answer(NamedTuple):
    """An answer as it came, with all of its body."""

    status: int
    headers: Lines
    body: bytes

    def __repr__(self) -> str:
        return f"<Answer {self.status}>"


class Session(Protocol):
    """Connections of one library. That of a synchronous style never suspends in its functions."""

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a request, once, and return all of its answer.

        Follows no redirect, keeps no cookie and decodes no content. Raises what the library raises, and TimeoutError
        when the time is over.
        """

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
