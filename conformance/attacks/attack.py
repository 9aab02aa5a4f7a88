"""Types of an attack: bytes sent to a service, the replies, and what the attack may cost at most."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

import psutil

from conformance.target.exchange import Address, authority

MEGABYTE = 1024 * 1024
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})[ \r\n]")


class Outcome(str, Enum):
    """Result of an attack on a deployment."""

    REFUSED = "refused"
    BOUNDED = "bounded"
    LIMIT = "limit"
    OPEN = "open"

    def __str__(self) -> str:
        return self.value


class Attacked(Protocol):
    """Interface that an attack needs of a service: `conformance.target.service.Script` has it, or a fake.

    `host` is what requests call it, `localhost` where it is None.
    """

    address: Address
    nonce: str
    host: str | None

    def processes(self) -> list[psutil.Process]:
        """Return the first process and all its living descendants."""

    def events(self) -> list[dict[str, Any]]:
        """Return what the endpoints wrote to the journal: `event` and `word`."""

    @property
    def output(self) -> str:
        """Text that the service wrote to standard output and error."""

    def signal(self, number: Any) -> None:
        """Send a signal to the first process."""

    def ended_within(self, seconds: float) -> bool:
        """Whether the first process has ended, or ends within so many seconds."""


@dataclass(frozen=True)
class Pace:
    """How long an attack holds connections open, and how long a client waits for an answer, in seconds."""

    hold: float = 2.0
    patience: float = 1.5
    quiet: float = 0.25


@dataclass(frozen=True)
class Victim:
    """The service that an attack is tried on, and the pace of the attack."""

    service: Attacked
    pace: Pace = field(default_factory=Pace)

    @property
    def address(self) -> Address:
        """Host and port where the service answers."""
        return self.service.address

    @property
    def authority(self) -> str:
        """Host header of an ordinary request."""
        return authority((self.service.host or "localhost", self.address[1]))

    def head(self, method: str, target: str, *fields: str) -> bytes:
        """Return the head of a request with these fields exactly as given after Host, one byte a character."""
        lines = [f"{method} {target} HTTP/1.1", f"Host: {self.authority}", *fields]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def post(self, target: str, content_type: str, body: bytes) -> bytes:
        """Return the bytes of a whole POST request."""
        fields = f"Content-Type: {content_type}", f"Content-Length: {len(body)}", "Connection: close"
        return self.head("POST", target, *fields) + body


@dataclass(frozen=True)
class Reply:
    """Bytes received on one connection; `sent` counts bytes, `closed` says whether the server ended it."""

    sent: int
    received: bytes = b""
    closed: bool = False

    @property
    def status(self) -> int:
        """Status of the first answer; 0 where there is none."""
        match = _STATUS.match(self.received)
        return int(match[1]) if match else 0

    @property
    def refused(self) -> bool:
        """Whether the server answered with an error, or closed the connection without an answer."""
        return self.status >= 400 or (self.status == 0 and self.closed)


@dataclass(frozen=True)
class Attempt:
    """An attack that was carried out: its replies, and the signs that it worked.

    `unreached` are words that no endpoint may have written down, with what they were sent in; `unlogged` are texts that
    the log may not hold, `unanswered` bytes that no answer may hold. `swallowed` says that an endless message was read
    to the last byte of its bound, `late` that the service did not stop in time.
    """

    replies: tuple[Reply, ...]
    unreached: Mapping[str, str] = field(default_factory=dict)
    unlogged: tuple[str, ...] = ()
    unanswered: tuple[bytes, ...] = ()
    swallowed: bool = False
    late: bool = False


@dataclass(frozen=True)
class Allowance:
    """Limits of what an attack may cost the service: a base, and so much for each byte or megabyte sent.

    `meanwhile` says that other requests have to be answered in time while the attack lasts, not only afterwards. It is
    set where the attack keeps the service waiting; where it keeps it computing, `cpu` shows that on a busy machine too.
    """

    memory: int = 64 * MEGABYTE
    memory_per_byte: float = 8
    cpu: float = 0.5
    cpu_per_megabyte: float = 0.3
    log: int = 64 * 1024
    log_per_byte: float = 1.5
    meanwhile: bool = False


@dataclass(frozen=True)
class Attack:
    """One row of the table; `sentence` says what is sent.

    `settings` reach the scenario as SCENARIO_<NAME>; `{host}` in them is the service's host. After a `harmful` attack
    the next has a new launch; one that `ends` the service is judged by its end alone; `cheap` ones make the sample.
    """

    name: str
    group: str
    sentence: str
    run: Callable[[Victim], Attempt] = field(compare=False)
    allowance: Allowance = Allowance()
    settings: Mapping[str, str] = field(default_factory=dict, compare=False)
    harmful: bool = False
    cheap: bool = False
    ends: bool = False

    def __str__(self) -> str:
        return self.name


# The groups of rows, in the order of the table.
TOLD = "What a client is told"
LOG = "The log"
ROUTES = "Routes"
HEADS = "The size of a head"
BODIES = "Bodies"
TIME = "Time"
FRAMING = "Which request is which"
GROUPS = (TOLD, LOG, ROUTES, HEADS, BODIES, TIME, FRAMING)

ATTACKS: dict[str, Attack] = {}
PRODUCTION: Mapping[str, str] = {"production": "1"}


def attack(group: str, name: str, **more: Any) -> Callable[[Callable[[Victim], Attempt]], Callable[[Victim], Attempt]]:
    """Register a function as an attack; the first line of its docstring says what is sent."""

    def register(run: Callable[[Victim], Attempt]) -> Callable[[Victim], Attempt]:
        assert name not in ATTACKS, f"two attacks are named {name!r}"
        sentence = (run.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        ATTACKS[name] = Attack(name, group, sentence, run, **{"settings": PRODUCTION, **more})
        return run

    return register


def word() -> str:
    """Return a random word; where it is found, this attack put it there."""
    return secrets.token_hex(6)
