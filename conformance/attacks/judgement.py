"""Judgement of an attack: each function names one harm that was observed, or returns nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from conformance.attacks.attack import MEGABYTE, Allowance, Attempt, Outcome

_TRACES = (
    re.compile(rb"Traceback \(most recent call last\)"),
    re.compile(rb"site-packages"),
    re.compile(rb"[\w/]+\.py\b"),
)


@dataclass(frozen=True)
class Observation:
    """Measurements of a service while it was attacked and right afterwards.

    In seconds: `slowest` is the longest that another request waited meanwhile, `afterwards` that of the first one then,
    infinite where there was no answer; `patience` the longest that either may; `cpu` the time that its processes used.
    `memory` is by how many bytes they grew at most, `log` what they wrote, `reached` the words that endpoints noted.
    """

    attempt: Attempt
    patience: float = 1.5
    slowest: float = 0.0
    afterwards: float = 0.0
    ended: bool = False
    memory: int = 0
    cpu: float = 0.0
    log: str = ""
    reached: tuple[str, ...] = ()
    secret: str = ""

    @property
    def sent(self) -> int:
        """Number of bytes that were sent."""
        return sum(reply.sent for reply in self.attempt.replies)


@dataclass(frozen=True)
class Finding:
    """Verdict on an attack; if it is open, the reason and the names of the functions that say so."""

    outcome: Outcome
    why: str = ""
    harms: tuple[str, ...] = ()

    @property
    def works(self) -> bool:
        """Whether the attack does harm."""
        return self.outcome is Outcome.OPEN


def leaked(seen: Observation, allowed: Allowance) -> str:
    """The answer holds the secret of the environment, a traceback or a path of a source file."""
    for reply in seen.attempt.replies:
        if seen.secret and seen.secret.encode() in reply.received:
            return "an answer holds a secret of the environment"
        for pattern in _TRACES:
            if found := pattern.search(reply.received):
                return f"an answer holds {found[0].decode('latin-1')!r}"
    return ""


def answered(seen: Observation, allowed: Allowance) -> str:
    """An answer holds what the client wanted in it, such as a header of its own."""
    for reply in seen.attempt.replies:
        for text in seen.attempt.unanswered:
            if text in reply.received:
                return f"an answer holds {text.decode('latin-1')!r}"
    return ""


def reached(seen: Observation, allowed: Allowance) -> str:
    """An endpoint was called that no request may reach."""
    tried = seen.attempt.unreached
    found = [repr(sent) for word, sent in tried.items() if word in seen.reached]
    return f"{len(found)} of {len(tried)} reached an endpoint: {', '.join(found[:4])}" if found else ""


def logged(seen: Observation, allowed: Allowance) -> str:
    """The log holds a line, or a control character, that the client wrote."""
    found = [text for text in seen.attempt.unlogged if text in seen.log]
    return f"the log holds {found[0]!r}" if found else ""


def swallowed(seen: Observation, allowed: Allowance) -> str:
    """The service read all of a message that has no end."""
    return f"all of {seen.sent / MEGABYTE:.0f} MB was read" if seen.attempt.swallowed else ""


def late(seen: Observation, allowed: Allowance) -> str:
    """The service did not stop in time."""
    return "the service did not stop in time" if seen.attempt.late else ""


def died(seen: Observation, allowed: Allowance) -> str:
    """The service ended."""
    return "the service ended" if seen.ended else ""


def silent(seen: Observation, allowed: Allowance) -> str:
    """Another client's request waited too long, meanwhile or afterwards."""
    if seen.ended:
        return ""
    if allowed.meanwhile and seen.slowest > seen.patience:
        return f"a request meanwhile had no answer within {seen.patience:.1f} s"
    if seen.afterwards > seen.patience:
        return f"a request afterwards had no answer within {seen.patience:.1f} s"
    return ""


def grown(seen: Observation, allowed: Allowance) -> str:
    """The service held much more memory than it was sent bytes."""
    most = allowed.memory + allowed.memory_per_byte * seen.sent
    return f"{seen.memory / MEGABYTE:.0f} MB more memory" if seen.memory > most else ""


def costly(seen: Observation, allowed: Allowance) -> str:
    """The service computed much longer than the bytes are worth."""
    most = allowed.cpu + allowed.cpu_per_megabyte * seen.sent / MEGABYTE
    return f"{seen.cpu:.1f} s of CPU for {seen.sent / 1024:.0f} KB" if seen.cpu > most else ""


def verbose(seen: Observation, allowed: Allowance) -> str:
    """The service wrote much more to its log than it was sent bytes."""
    most = allowed.log + allowed.log_per_byte * seen.sent
    return f"{len(seen.log) / 1024:.0f} KB of log for {seen.sent / 1024:.0f} KB" if len(seen.log) > most else ""


HARMS: tuple[Callable[[Observation, Allowance], str], ...] = (
    leaked, answered, reached, logged, swallowed, late, died, silent, grown, costly, verbose,
)  # fmt: skip


def judge(seen: Observation, allowed: Allowance) -> Finding:
    """Return open where there is any harm, else refused where every reply is a refusal, else bounded."""
    why = {function.__name__: harm for function in HARMS if (harm := function(seen, allowed))}
    if why:
        return Finding(Outcome.OPEN, "; ".join(why.values()), tuple(why))
    replies = seen.attempt.replies
    return Finding(Outcome.REFUSED if replies and all(reply.refused for reply in replies) else Outcome.BOUNDED)
