"""Signatures of failures: what a check expected and what came, as a ledger keeps them, equal in every run.

It holds no random value and nothing of the machine (`conformance.judging.normalisation`). Of a traceback only the
exception's own line is kept.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from _pytest._code.code import TracebackEntry  # pytest hands them out, under no public name

from conformance.contract.check import CHECKS
from conformance.contract.variant import Variant
from conformance.foundation.exceptions import ImplementationFault
from conformance.foundation.untrusted_text import shortened
from conformance.judging.failure import Failure, Kind
from conformance.judging.normalisation import normalise
from conformance.target.exchange import Exchange

LONGEST = 160
# Names in a comparison that say that its numbers, however small, are the machine's or random (`numbers`).
_PASSING = {"pid", "pids", "port", "ports", "thread", "loop", "loops", "workers", "address", "listening", "numbers"}


@dataclass(frozen=True)
class Comparison:
    """A comparison in an `assert` that failed: the operator and the values that pytest compared."""

    operator: str
    left: Any
    right: Any


def failure_of(
    excinfo: pytest.ExceptionInfo[BaseException], variant: Variant, comparison: Comparison | None
) -> Failure:
    """Return the failure behind an AssertionError; `comparison` is the last comparison that pytest saw fail."""
    error = excinfo.value
    entries = list(excinfo.traceback)
    of_checks = [entry for entry in entries if Path(entry.path).is_relative_to(CHECKS)]
    statement = _statement(of_checks[-1]) if of_checks else None
    expected = "the check can be made" if statement is None else statement.text
    if isinstance(error, ImplementationFault):
        expected = error.expected
    elif statement is not None and statement.asserted is not None and entries[-1] is of_checks[-1]:
        return Failure(
            Kind.OTHER, "", _short(expected), _asserted(statement.asserted, of_checks[-1].locals, comparison)
        )
    return Failure(Kind.OTHER, "", _short(expected), _short(_told(error, variant)))


@dataclass(frozen=True)
class _Statement:
    """Source of a check's statement, on one line; `asserted` is the tested expression of an `assert`, else None."""

    text: str
    asserted: ast.expr | None


def _statement(entry: TracebackEntry) -> _Statement | None:
    line = entry.lineno + 1
    source, tree = _parsed(Path(entry.path))
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    if not around:
        return None
    innermost = min(around, key=lambda node: (node.end_lineno or node.lineno) - node.lineno)
    asserted = innermost.test if isinstance(innermost, ast.Assert) else None
    text = ast.get_source_segment(source, asserted or innermost) or ""
    if getattr(innermost, "body", None):  # a `with` or `for`: what stands before its colon
        text = source.splitlines()[innermost.lineno - 1]
    return _Statement(" ".join(text.split()), asserted)


@cache
def _parsed(file: Path) -> tuple[str, ast.Module]:
    source = file.read_text(encoding="utf-8")
    return source, ast.parse(source)


def _asserted(test: ast.expr, names: Mapping[str, Any], comparison: Comparison | None) -> str:
    """Describe what an `assert` of a check met: the responses in its local variables, and the value that was wrong."""
    answers = {name: value for name, value in sorted(names.items()) if isinstance(value, Exchange)}
    told = [_answer(value) if len(answers) == 1 else f"{name} {_answer(value)}" for name, value in answers.items()]
    value = _value(test, names, comparison)
    if not any(value.strip("'") in entry.split() for entry in told):
        told.append(value)
    return _short("; ".join(told))


def _value(test: ast.expr, names: Mapping[str, Any], comparison: Comparison | None) -> str:
    subject = test.operand if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) else test
    if isinstance(subject, ast.Name) and subject.id in names:
        return shown(names[subject.id], _passing(subject))
    if comparison is not None and any(isinstance(node, ast.Compare) for node in ast.walk(test)):
        came = comparison.right if comparison.operator == "in" else comparison.left
        return shown(came, _passing(test))
    return "false" if subject is test else "true"


def _passing(test: ast.expr) -> bool:
    """Whether the expression compares numbers that differ from run to run, such as pids; a `len()` does not."""
    if isinstance(test, ast.Compare) and isinstance(test.left, ast.Call) and ast.unparse(test.left.func) == "len":
        return False
    words = set()
    for node in ast.walk(test):
        if isinstance(node, ast.Name):
            words.add(node.id)
        elif isinstance(node, ast.Attribute):
            words.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words.add(node.value)
    return bool(words & _PASSING)


def _answer(answer: Exchange) -> str:
    return f"{answer.status} {answer.content_type or '(no content type)'}"


def shown(value: object, passing: bool = False) -> str:
    """Return a value as normalised text, its members in an order equal in every run; `passing` masks all numbers."""
    return _short(normalise(_shown(value, passing)))


def _shown(value: object, passing: bool) -> str:
    if isinstance(value, Exchange):
        return _answer(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(sorted(f"{key!r}: {_shown(entry, passing)}" for key, entry in value.items())) + "}"
    if isinstance(value, (set, frozenset)):
        # Normalised before they are put in order: several that differ in what is masked are one.
        return "{" + ", ".join(sorted({normalise(_shown(entry, passing)) for entry in value})) + "}"
    if isinstance(value, (list, tuple)):
        texts = ", ".join(_shown(entry, passing) for entry in value)
        return f"[{texts}]" if isinstance(value, list) else f"({texts})"
    if passing and isinstance(value, int) and not isinstance(value, bool):
        return "*"
    if value is None or isinstance(value, (str, bytes, int, float)):
        return repr(value)
    return type(value).__name__


def _told(error: BaseException, variant: Variant) -> str:
    """Return the first line of an error's message, and the exception at the end of the traceback in it, if any."""
    message = str(error).replace(str(variant), "the variant")
    first, _, rest = message.partition("\n")
    told = first.removesuffix(" Its output:").rstrip(": ") or type(error).__name__
    if type(error) is not AssertionError:
        told = f"{type(error).__name__}: {told.removeprefix('the variant: ')}"
    _, traceback, frames = rest.rpartition("Traceback (most recent call last):")
    raised = next((line for line in frames.splitlines() if line[:1].strip()), "") if traceback else ""
    told = normalise(told)
    return f"{told.rstrip('.')}: {normalise(raised)}" if raised else told


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), LONGEST)
