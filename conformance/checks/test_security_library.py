"""SECURITY-3g, SECURITY-7c: what classes of msgspec and utype hold, in each place (request_library_models.py)."""

from __future__ import annotations

import string
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from conformance.checks.library import require
from conformance.checks.random_values import identifier, word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.foundation.exceptions import ServiceHung
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

MOST_CHARACTERS = 256
MODULUS = 2**61 - 1  # of Python's hash of a number
TIMES, MORE_SECONDS = 10, 1.0  # that the worst values may take longer than any others, and beside that

LIBRARIES = pytest.mark.parametrize("library", ["msgspec", "utype"])

# By field: what holds a text there.
PLACES: dict[str, Callable[[str], Any]] = {
    "by_key": lambda code: {"a1": 1, code: 2},
    "by_name": lambda code: {word(): code},
    "listed": lambda code: ["a1", code],
    "perhaps": lambda code: code,
    "pair": lambda code: [code, 1],
    "many": lambda code: ["a1", code],
    "inner": lambda code: {"code": code},
    "inners": lambda code: [{"code": "a1"}, {"code": code}],
    "deep": lambda code: {word(): [{}, {code: 1}]},
}

# By library and field: so many values that each takes seconds to be compared with all others, and what holds them.
HASHES: dict[tuple[str, str], tuple[int, Callable[[Sequence[str]], Any]]] = {
    ("msgspec", "by_identifier"): (12_000, lambda identifiers: dict.fromkeys(identifiers, 0)),
    ("utype", "by_identifier"): (12_000, lambda identifiers: dict.fromkeys(identifiers, 0)),
}


def of_library(target: Target, library: str) -> Service:
    """A service that takes classes of the library; the case is unverified where that is not installed."""
    service = target.shared("request_library_models", libraries={"msgspec": "pydantic,msgspec"}.get(library, library))
    require(service, library)
    return service


@must(
    "SECURITY-3g",
    kills=(
        "security_patterns_of_msgspec_of_any_text",
        "security_patterns_of_msgspec_of_any_key",
        "security_regexes_of_utype_of_any_text",
        "security_regexes_of_utype_of_any_key",
    ),
)
@LIBRARIES
def test_a_pattern_takes_texts_of_256_characters_wherever_it_stands(target: Target, library: str) -> None:
    service = of_library(target, library)
    code = "".join(string.ascii_lowercase[seeded_random.below(26)] for _ in range(MOST_CHARACTERS - 1)) + "7"
    for place, make in PLACES.items():
        taken = service.post(f"/api/{library}_places", json={place: make(code)})
        assert result(taken) == {"class": f"{library.title()}Places"}, place
        for wrong in (f"a{code}", f"{'a' * 4000}7", f"{code}a"):
            assert service.post(f"/api/{library}_places", json={place: make(wrong)}).status == 400, place


@must("SECURITY-7c", kills="security_hashes_of_keys_of_msgspec")
@pytest.mark.parametrize(("library", "place"), HASHES)
def test_values_of_a_library_that_were_chosen_for_their_hashes_take_no_longer(
    target: Target, library: str, place: str
) -> None:
    service, (count, make) = of_library(target, library), HASHES[library, place]
    first = 1 + seeded_random.below(1000)

    def asked(numbers: Iterable[int]) -> tuple[Exchange, float]:
        body = {place: make([identifier(each) for each in numbers])}
        began = time.monotonic()
        return service.post(f"/api/{library}_hashed", json=body), time.monotonic() - began

    answer, usual = asked(range(MODULUS + first, MODULUS + first + count))
    assert result(answer) == {"class": f"{library.title()}Hashed"}
    try:
        answer, took = asked(MODULUS * each for each in range(first, first + count))
    except ServiceHung as hung:
        pytest.fail(f"others take {usual:.2f} s, these are not answered: {hung}")
    assert answer.status in (200, 400)
    assert took < TIMES * usual + MORE_SECONDS, f"{took:.2f} s, others take {usual:.2f} s"
