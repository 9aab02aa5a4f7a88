"""Random values: the seed and a name say what comes, and the checks draw nothing else."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conformance.contract.check import CHECKS
from conformance.foundation import seeded_random


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(seeded_random, "_state", {})
    yield
    monkeypatch.undo()


def draws() -> list[object]:
    return [seeded_random.word(), seeded_random.below(10**9), seeded_random.word(4)]


def drawn(seed: int, *names: str) -> list[object]:
    seeded_random.begin(seed)
    seeded_random.reseed(*names)
    return draws()


def test_the_same_seed_and_names_give_the_same_values() -> None:
    assert drawn(1, "test_hook.py", "test_a[flask-sync]") == drawn(1, "test_hook.py", "test_a[flask-sync]")


@pytest.mark.parametrize(("seed", "names"), [(2, ("a", "b")), (1, ("a", "c")), (1, ("b", "a")), (1, ("ab",)), (1, ())])
def test_another_seed_or_name_gives_others(seed: int, names: tuple[str, ...]) -> None:
    assert not set(drawn(1, "a", "b")) & set(drawn(seed, *names))


def test_what_was_drawn_before_changes_nothing() -> None:
    expected = drawn(1, "a")
    seeded_random.reseed("b")
    draws()
    seeded_random.reseed("a")
    assert draws() == expected


def test_a_second_time_the_values_are_those_of_the_first() -> None:
    expected = drawn(1, "a")
    seeded_random.again()
    assert draws() == expected


def test_what_is_drawn_apart_is_the_same_anywhere_and_disturbs_nothing() -> None:
    expected = drawn(1, "a") + draws()
    apart = []
    for name in ("a", "b"):
        seeded_random.reseed(name)
        found = draws()
        with seeded_random.apart("in_development"):
            apart.append(draws())
        assert name != "a" or found + draws() == expected
    assert apart[0] == apart[1]


def test_a_source_of_its_own_starts_anew_each_time() -> None:
    seeded_random.begin(1)
    assert (
        seeded_random.of("moment").random()
        == seeded_random.of("moment").random()
        != seeded_random.of("formats").random()
    )


@pytest.mark.parametrize("draw", [seeded_random.of, seeded_random.reseed, seeded_random.again])
def test_without_a_seed_nothing_is_drawn(draw: Callable[[], object]) -> None:
    with pytest.raises(RuntimeError, match="before the run has a seed: draw it in a function"):
        draw()


def test_nobody_knows_the_seed_of_a_run_that_is_given_none() -> None:
    seeds = {seeded_random.fresh() for _ in range(20)}
    assert len(seeds) == 20
    assert all(0 <= seed < seeded_random.SEEDS for seed in seeds)


@pytest.mark.parametrize("letters", [1, 4, 8, 16])
def test_a_word_has_so_many_hexadecimal_digits(letters: int) -> None:
    seeded_random.begin(1)
    words = [seeded_random.word(letters) for _ in range(50)]
    assert {len(word) for word in words} == {letters}
    assert set("".join(words)) <= set("0123456789abcdef")


def test_what_is_drawn_is_remembered_until_the_next_case() -> None:
    seeded_random.begin(1)
    seeded_random.reseed("a")
    word, number = seeded_random.word(8), seeded_random.below(10**6)
    assert seeded_random.drawn() == {word, number}
    seeded_random.again()
    assert seeded_random.drawn() == {word, number}
    seeded_random.reseed("b")
    assert seeded_random.drawn() == set()


def test_what_is_computed_from_a_drawn_number_is_remembered_and_short_values_are_not() -> None:
    seeded_random.begin(1)
    number = seeded_random.below(10**6)
    computed = {number + 1, 2 + number, number - 1, 3 * number}
    assert seeded_random.drawn() == {number, *computed}
    seeded_random.reseed("a")
    assert (seeded_random.below(9) + 1000, len(seeded_random.word(2))) > (0, 0)
    assert seeded_random.drawn() == set()


def test_what_is_drawn_apart_is_remembered_for_those_who_ask_for_it() -> None:
    seeded_random.begin(1)
    with seeded_random.apart("fixture"):
        word = seeded_random.word()
    seeded_random.reseed("a")
    assert seeded_random.drawn() == set()
    assert seeded_random.drawn([("fixture",), ("other",)]) == {word}


@pytest.mark.parametrize("file", sorted(CHECKS.glob("*.py")), ids=lambda file: file.name)
def test_the_checks_draw_from_chance_alone(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not {alias.name for alias in node.names} & {"random", "secrets", "uuid"}
        elif isinstance(node, ast.ImportFrom):
            assert node.module not in {"random", "secrets", "uuid"}
        elif isinstance(node, ast.Attribute) and node.attr == "nonce" and isinstance(node.value, ast.Name):
            assert node.value.id != "target", f"line {node.lineno}: a nonce of nobody's is no random value of the seed"
