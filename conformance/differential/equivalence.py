"""Equivalence of two answers to the same bytes; equivalence.md has its rules in words, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conformance.differential.message import Message
from conformance.target.exchange import Exchange

VERSION = 1

UNCOMPARED = frozenset(
    {"date", "server", "connection", "keep-alive", "transfer-encoding", "x-request-id", "content-length"}
)
REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """The compared part of an answer. `kind` is its status; `refused` for a refusal of incomplete content; `none` for
    no answer."""

    kind: str
    headers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    body: bytes = b""

    def __str__(self) -> str:
        """Return a line for the kind and each header, then the body, with what is not printable ASCII escaped."""
        lines = [self.kind, *(f"{name}: {value}" for name, values in self.headers for value in values)]
        shown = [line.encode("unicode_escape").decode() for line in lines]
        return "\n".join((*shown, self.body.decode("latin-1").encode("unicode_escape").decode()))


def outcome(message: Message, answer: Exchange | None) -> Outcome:
    """Return the outcome of an answer to `message`; None stands for no answer."""
    if not message.whole:
        if answer is None or 400 <= answer.status < 500:
            return Outcome(REFUSED)
    elif answer is None:
        return Outcome("none")
    assert answer is not None
    found: dict[str, list[str]] = {}
    for name, value in answer.headers:
        found.setdefault(name.lower(), []).append(value)
    length = found.get("content-length")
    if length is not None and message.method != "HEAD" and length != [str(len(answer.body))]:
        found["content-length that lies"] = length
    headers = {name: tuple(values) for name, values in found.items() if name not in UNCOMPARED}
    return Outcome(str(answer.status), tuple(sorted(headers.items())), answer.body)


def majority(outcomes: Mapping[Any, Outcome]) -> Outcome:
    """Return the most frequent outcome; of several, the first one met."""
    return Counter(outcomes.values()).most_common(1)[0][0]
