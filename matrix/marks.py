"""Marks of outcomes on a terminal: a sign that is clear without colour, a colour, and a meaning."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text

from conformance.foundation.untrusted_text import printable
from conformance.judging.verdict import Outcome

NO_REQUIREMENT = "·"
NOT_OFFERED = "o"


@dataclass(frozen=True)
class Mark:
    """Mark of one outcome; `colour` is a style of rich."""

    sign: str
    colour: str
    meaning: str


MARKS = {
    Outcome.PASSED: Mark("", "green", "passed"),
    Outcome.KNOWN: Mark("~", "cyan", "known: a divergence listed in the ledger of the implementation"),
    Outcome.WARNED: Mark("!", "yellow", "warned: a SHOULD that does not hold"),
    Outcome.BLOCKED: Mark("-", "yellow", "blocked: another promise that is missing keeps it from being judged"),
    Outcome.UNVERIFIED: Mark("?", "magenta", "unverified: skipped, or the harness failed"),
    Outcome.FAILED: Mark("✗", "red", "failed"),
}

WORST_FIRST = tuple(reversed(Outcome))


def plain(text: str, style: str = "") -> Text:
    """Return text from outside as literal text (untrusted_text.py): no markup or escape sequence acts."""
    return Text(printable(text), style)


def lines(text: str) -> list[str]:
    """Split `text` into lines, without empty ones at its end."""
    return text.replace("\r\n", "\n").rstrip("\n").split("\n") if text.strip() else []
