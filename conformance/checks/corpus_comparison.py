"""Compares an answer with the normative one of the corpus (BACKEND-7)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from conformance.checks import corpus
from conformance.checks.corpus import OF_THE_SERVER, Case
from conformance.checks.problem import allowed
from conformance.target.exchange import Exchange


def compared(case: Case, answer: Exchange) -> list[str]:
    """One sentence for each difference in status, body and headers; empty where there is none."""
    if answer.status != case.status:
        return [f"{answer.status} instead of {case.status}"]
    found: list[str] = []
    if case.content_type == corpus.PROBLEM:
        with told_as(found):
            errors = answer.members().get("errors")
            named = None if errors is None else tuple((entry["in"], entry["name"]) for entry in errors)
            if named != case.body:
                found.append(f"its errors are {named} instead of {case.body}")
    elif case.content_type == corpus.JSON:
        with told_as(found):
            if answer.json() != case.body:
                found.append(f"{answer.body[:200]!r} instead of {case.body!r}")
    elif answer.body != case.body:
        found.append(f"{answer.body[:200]!r} instead of {case.body[:200]!r}")
    expected: dict[str, Any] = {}
    for name, content in case.headers:
        expected.setdefault(name.lower(), []).append(content)
    if case.content_type is not None:
        expected["content-type"] = [case.content_type]
        expected["content-length"] = [str(len(answer.body))]
    actual = by_name(answer)
    if "allow" in expected and "allow" in actual:
        expected["allow"], actual["allow"] = sorted(expected["allow"][0].split(", ")), sorted(allowed(answer))
    for name in sorted({*expected, *actual}):
        if expected.get(name) != actual.get(name):
            found.append(f"{name} is {actual.get(name)} instead of {expected.get(name)}")
    return found


@contextlib.contextmanager
def told_as(found: list[str]) -> Iterator[None]:
    """Context manager: the first line of an AssertionError is added to `found`, and nothing raised."""
    try:
        yield
    except AssertionError as error:
        found.append(str(error).splitlines()[0])


def by_name(answer: Exchange) -> dict[str, list[str]]:
    """Values of each header that BACKEND-7 compares, in their order."""
    found: dict[str, list[str]] = {}
    for name, content in answer.headers:
        if name not in OF_THE_SERVER:
            found.setdefault(name, []).append(content)
    return found
