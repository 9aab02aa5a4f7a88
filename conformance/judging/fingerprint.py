"""Makes the typed failure of a case from the exception that ended it and the comparison that failed.

Operands come from pytest's hook `pytest_assertrepr_compare`; what they were read from, from their values
(conformance.target.observed). Nothing of it depends on the source of a check: renaming a variable or moving an
assertion changes no failure.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.contract.variant import Variant
from conformance.foundation.exceptions import ImplementationFault, UnexpectedValue
from conformance.foundation.untrusted_text import one_line, shortened
from conformance.judging.failure import LONGEST, Failure, Kind
from conformance.judging.normalisation import Mask
from conformance.target.exchange import Exchange
from conformance.target.observed import Observed, origin

_READ = 4000  # characters of a text that are looked at
# Names of members whose numbers, however small, are the machine's.
_PASSING = {"pid", "port", "thread", "loop"}
_MEMBERSHIP: dict[str, Callable[[Any, Any], Any]] = {
    "in": lambda left, right: left in right,
    "not in": lambda left, right: left not in right,
}
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "is": operator.is_,
    "is not": operator.is_not,
    **_MEMBERSHIP,
}
_NEGATED = {"==": "!=", "<": ">=", "<=": ">", "is": "is not", "in": "not in"}
_NEGATED |= {after: before for before, after in _NEGATED.items()}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Comparison:
    """A comparison in an `assert` that failed: the operator and the values that pytest compared."""

    operator: str
    left: Any
    right: Any

    def wanted(self, message: str) -> str | None:
        """Return the operator that the check wanted to hold, another one where its `assert` negates the comparison.

        None where an AssertionError of this message, as pytest words it, is not about this comparison.
        """
        lines = (line for line in message.splitlines() if line.startswith("assert ") and f" {self.operator} " in line)
        line = next(lines, None)
        if line is None:
            return None
        try:
            holds = bool(_OPERATORS[self.operator](self.left, self.right))
        except (TypeError, ValueError):
            holds = False
        if not holds:
            return self.operator
        return _NEGATED[self.operator] if line.startswith("assert not ") else None


def failure_of(
    error: BaseException, variant: Variant, comparison: Comparison | None = None, drawn: Collection[str | int] = ()
) -> Failure:
    """Return the failure behind an AssertionError.

    `comparison` is the last one that pytest saw fail; `drawn` are the values that the case drew (seeded_random).
    """
    mask = Mask(drawn)
    if isinstance(error, UnexpectedValue):
        told = isinstance(error.came, str) and not isinstance(error.came, Observed)
        came = _short(mask.text(_line(error.came))) if told else shown(error.came, mask)
        return Failure(Kind(error.kind), mask.text(error.subject), error.expected, came)
    if isinstance(error, ImplementationFault):
        return Failure(Kind(error.kind), "", error.expected, _short(_told(error, variant, mask)))
    wanted = None if comparison is None else comparison.wanted(str(error))
    if comparison is not None and wanted is not None:
        return _compared(comparison, wanted, mask)
    # Without a message of its own, or with an exchange for one: pytest's words, and a request, are nothing to tell by.
    unsaid = str(error).startswith(("assert ", "> "))
    return Failure(Kind.OTHER, "", "", "" if unsaid else _short(_told(error, variant, mask)))


def _compared(comparison: Comparison, wanted: str, mask: Mask) -> Failure:
    left, right = comparison.left, comparison.right
    contained = wanted in _MEMBERSHIP and not isinstance(right, (tuple, range))
    mirrored = not isinstance(left, Observed) and (isinstance(right, Observed) or (origin(left) is None and contained))
    if origin(left) is None and origin(right) is not None:
        mirrored = True
    came, other = (right, left) if mirrored else (left, right)
    kind, subject = origin(came) or (Kind.VALUE.value, "")
    expected = _expected(wanted, shown(other, mask, kind), mirrored)
    if kind == Kind.OUTPUT and wanted in _MEMBERSHIP:  # what else a service writes says nothing about this
        told = "no such text" if wanted == "in" else "such a text"
    else:
        told = shown(came, mask, kind)
    return Failure(Kind(kind), mask.text(subject), _short(expected), told)


def _expected(wanted: str, other: str, mirrored: bool) -> str:
    if wanted in ("==", "is"):
        return other
    if wanted in ("!=", "is not"):
        return f"not {other}"
    if wanted == "in":
        return f"contains {other}" if mirrored else f"one of {other}"
    if wanted == "not in":
        return f"without {other}" if mirrored else f"none of {other}"
    return f"{_MIRRORED[wanted] if mirrored else wanted} {other}"


def shown(value: object, mask: Mask | None = None, kind: str = "") -> str:
    """Return a value as text in which drawn and passing values are masked, its members in an order equal in every
    run. `kind` is that of what it is compared with."""
    return _short(_shown(value, mask or Mask(), kind))


def _shown(value: object, mask: Mask, kind: str) -> str:
    if isinstance(value, Exchange):
        return f"{_shown(value.status, mask, Kind.STATUS)} {mask.text(value.content_type or '(no content type)')}"
    if isinstance(value, Mapping):
        members = (f"{_shown(key, mask, kind)}: {_shown(entry, mask, kind)}" for key, entry in value.items())
        return "{" + ", ".join(sorted(members)) + "}"
    if isinstance(value, (set, frozenset)):
        # Masked before they are put in order: several that differ in what is masked are one.
        return "{" + ", ".join(sorted({_shown(entry, mask, kind) for entry in value})) + "}"
    if isinstance(value, (list, tuple)):
        texts = ", ".join(_shown(entry, mask, kind) for entry in value)
        return f"[{texts}]" if isinstance(value, list) else f"({texts})"
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, (int, float)):
        passing = isinstance(value, Observed) and value.subject.rpartition(".")[2] in _PASSING
        return "*" if passing else mask.number(value, status=kind == Kind.STATUS)
    if isinstance(value, (str, bytes)):
        return mask.text(repr(value[:_READ]))
    return type(value).__name__


def _told(error: BaseException, variant: Variant, mask: Mask) -> str:
    line = _line(str(error).replace(str(variant), "the variant"))
    return mask.text(line.removesuffix(" Its output:").rstrip(": ").removeprefix("the variant: "))


def _line(message: str) -> str:
    """Return the exception at the end of the traceback in a message, else the message's first line."""
    _, traceback, frames = message.rpartition("Traceback (most recent call last):")
    raised = (line for line in frames.splitlines() if line[:1].strip())
    return next(raised, "") if traceback else message.partition("\n")[0]


def _short(text: str) -> str:
    return shortened(one_line(text), LONGEST)
