"""How an outcome looks on a terminal: a sign that reads without colour, a colour, and what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rich.text import Text

from conformance.verdict import Outcome

NO_REQUIREMENT = "·"

_ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


@dataclass(frozen=True)
class Mark:
    """The look of one outcome; `colour` is a style of rich."""

    sign: str
    colour: str
    meaning: str


MARKS = {
    Outcome.PASSED: Mark("", "green", "passed"),
    Outcome.KNOWN: Mark("~", "cyan", "known: a divergence listed in the ledger of the implementation"),
    Outcome.WARNED: Mark("!", "yellow", "warned: a SHOULD that does not hold"),
    Outcome.UNVERIFIED: Mark("?", "magenta", "unverified: skipped, or the harness failed"),
    Outcome.FAILED: Mark("✗", "red", "failed"),
}

WORST_FIRST = tuple(reversed(Outcome))


def plain(text: str, style: str = "") -> Text:
    """One line of text from outside, taken literally: no markup, no escape sequence, no control character acts.

    What does not print is shown as Python would write it (`\\x07`); colours of a server's log are dropped.
    """
    literal = _ESCAPE_SEQUENCE.sub("", text)
    return Text("".join(map(_visible, literal)), style)


def lines(text: str) -> list[str]:
    """The lines of `text`, without those that are empty at its end."""
    return text.replace("\r\n", "\n").rstrip("\n").split("\n") if text.strip() else []


def _visible(character: str) -> str:
    if character.isprintable() or character == "\t":
        return character
    return character.encode("unicode_escape").decode("ascii")
