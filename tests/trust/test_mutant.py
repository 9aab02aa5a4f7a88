"""Mutants: how they are read, changed in place, and held against the checks that are to kill them."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from conformance.contract.check import Binding, Check
from conformance.contract.requirement import Contract, Keyword, parse
from conformance.contract.variant import Start, Variant
from conformance.foundation.exceptions import HarnessError
from conformance.trust import mutant
from conformance.trust.mutant import MUTANTS, Mutant, discover, laws, pairings
from tests.module_file import import_file

CONTRACT = Contract(
    parse(
        "- HOOK-1 MUST p  A hook runs. [applies: start=script]\n"
        "- HOOK-2 SHOULD p  It runs soon.\n"
        "- HOOK-3 MUST p  It is awaited. [applies: mode=async]\n",
        "hook.md",
    )
)


def check(requirement: str, *kills: str, level: Keyword = Keyword.MUST, start: Start = Start.FORKED) -> Check:
    return Check(f"test_hook.py::test_{requirement}", Binding((requirement,), level, start, kills))


def made(name: str, *variants: str) -> Mutant:
    return Mutant(name, Path(f"{name}.py"), "It is broken.", tuple(map(Variant.parse, variants or ("flask-sync",))))


GOOD = [check("HOOK-1", "hook_lost"), check("HOOK-2", level=Keyword.SHOULD), check("HOOK-3", "hook_not_awaited")]
THEIRS = {"hook_lost": made("hook_lost"), "hook_not_awaited": made("hook_not_awaited", "flask-sync", "flask-async")}


def test_checks_and_mutants_that_agree_break_no_law() -> None:
    assert laws(CONTRACT, GOOD, THEIRS) == []


@pytest.mark.parametrize(
    ("checks", "mutants", "sentence"),
    [
        ([check("HOOK-1"), *GOOD], THEIRS, "test_hook.py::test_HOOK-1 names no mutant that it kills"),
        ([*GOOD, check("HOOK-1", "hook_lots")], THEIRS, "is to kill hook_lots, which is not in conformance/mutants"),
        (GOOD, {**THEIRS, "hook_late": made("hook_late")}, "hook_late: no check is to kill this mutant"),
        ([*GOOD, check("HOOK-3", "hook_lost")], THEIRS, "lives on flask-sync: it judges none of them"),
        (
            [*GOOD, check("HOOK-1", "canary", start=Start.SCRIPT), check("HOOK-1", "canary", start=Start.DEPLOYED)],
            {**THEIRS, "canary": made("canary")},
            "canary: no check that starts its service forked is to kill it",
        ),
    ],
    ids=["a MUST without", "no such mutant", "a mutant of nobody", "never met", "a canary of two"],
)
def test_each_disagreement_of_checks_and_mutants_is_a_sentence(
    checks: list[Check], mutants: dict[str, Mutant], sentence: str
) -> None:
    [broken] = laws(CONTRACT, checks, mutants)
    assert sentence in broken


def test_a_check_meets_its_mutants_where_it_judges_and_no_mutant_there() -> None:
    [lost] = [str(pairing) for pairing in pairings(CONTRACT, GOOD, THEIRS.values())["test_hook.py::test_HOOK-1"][1:]]
    assert lost == "flask-sync~hook_lost"
    awaited = pairings(CONTRACT, GOOD, THEIRS.values())["test_hook.py::test_HOOK-3"]
    assert [str(pairing) for pairing in awaited] == ["flask-async", "flask-async~hook_not_awaited"]
    assert pairings(CONTRACT, GOOD, THEIRS.values())["test_hook.py::test_HOOK-2"] == []


def test_in_full_every_check_meets_every_mutant() -> None:
    found = pairings(CONTRACT, GOOD, THEIRS.values(), full=True)
    assert [str(pairing) for pairing in found["test_hook.py::test_HOOK-2"]] == [
        "flask-sync",
        "flask-sync~hook_lost",
        "flask-sync~hook_not_awaited",
    ]


def test_every_mutant_of_the_project_says_what_it_breaks() -> None:
    assert mutant.CANARY in discover()
    assert all(entry.promise.endswith(".") for entry in discover().values())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("x = 1\n", "a mutant's first line says what is broken"), ('"""A."""\nVARIANTS = ("flask",)\n', "VARIANTS")],
    ids=["no first line", "no variant"],
)
def test_a_mutant_that_does_not_say_what_it_must_is_refused_by_its_file(
    tmp_path: Path, text: str, sentence: str
) -> None:
    (tmp_path / "hook_x.py").write_text(text)
    with pytest.raises(HarnessError, match=rf"hook_x\.py: .*{sentence}|hook_x\.py: {sentence}"):
        discover(tmp_path)


@pytest.fixture
def mutation() -> ModuleType:
    """conformance/mutants/mutation.py, which the mutants import by its bare name."""
    return import_file(MUTANTS / "mutation.py")


LIMIT = 3


def bounded(number: int, limit: int = 5) -> bool:
    return number < min(limit, LIMIT)


class Shop:
    def __init__(self, price: int) -> None:
        self.price = price

    def total(self, number: int) -> int:
        return number * self.price

    @property
    def sign(self) -> str:
        return "open"


def factorial(number: int) -> int:
    return number * factorial(number - 1) if number else 1


def doubled(number: int) -> int:
    return number * 2


def counter(start: int) -> Any:
    def count(step: int) -> int:
        return start + step

    return count


def test_who_holds_a_function_runs_its_mutant(mutation: ModuleType) -> None:
    held = bounded
    mutation.replace(bounded, "number < min", "number <= min")
    assert held(3)
    mutation.replace(bounded, "limit: int = 5", "limit: int = 2")
    assert not held(3)


def test_methods_properties_and_closures_are_changed_in_place(mutation: ModuleType) -> None:
    shop, count = Shop(3), counter(10)
    mutation.replace(Shop.total, "number * self.price", "number + self.price")
    mutation.replace(vars(Shop)["sign"].fget, '"open"', '"closed"')
    mutation.replace(count, "start + step", "start - step")
    assert (shop.total(4), shop.sign, count(1)) == (7, "closed", 9)


def test_a_function_that_calls_itself_calls_its_mutant(mutation: ModuleType) -> None:
    mutation.replace(factorial, "number *", "number +")
    assert factorial(4) == 4 + 3 + 2 + 1 + 1


@pytest.mark.parametrize("old", ["nowhere", "self"], ids=["not there", "there twice"])
def test_a_text_that_is_not_there_exactly_once_is_refused(mutation: ModuleType, old: str) -> None:
    with pytest.raises(mutation.Unchanged, match=rf"'{old}' stands \d times in .*Shop.__init__"):
        mutation.replace(Shop.__init__, old, "x")


@pytest.mark.parametrize("new", ["numbr * 2", "(lambda: numbr)()"], ids=["a name", "in a lambda"])
def test_a_text_that_would_only_raise_a_name_error_is_refused(mutation: ModuleType, new: str) -> None:
    with pytest.raises(NameError, match=r"names numbr, which .*test_mutant does not have"):
        mutation.replace(doubled, "number * 2", new)
