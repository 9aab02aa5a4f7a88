"""Permitted variations: how they are read, combined and drawn, and which checks run with them."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from conformance.contract.check import Binding, Check
from conformance.contract.check import discover as discover_checks
from conformance.contract.requirement import Contract, Keyword, Level, load, parse
from conformance.contract.variant import Start, Variant
from conformance.foundation.exceptions import HarnessError
from conformance.trust.variation import (
    Shard,
    Variation,
    combinations,
    discover,
    drawn,
    laws,
    pairings,
    single_pairings,
)

CONTRACT = Contract(
    parse(
        "- HOOK-1 MUST p  A hook runs.\n"
        "- HOOK-2 MUST g  It runs soon.\n"
        "- HOOK-3 MUST r  It is logged.\n"
        "- HOOK-4 MUST r  It is awaited. [applies: mode=async]\n",
        "hook.md",
    )
)
FLASK, STARLETTE = Variant.parse("flask-sync"), Variant.parse("starlette-async")


def check(*requirements: str) -> Check:
    return Check(f"test_hook.py::test_{requirements[0]}", Binding(requirements, Keyword.MUST, Start.FORKED))


def made(
    group: str, name: str, *breaks: str, level: Level = Level.PAGE, variants: tuple[Variant, ...] = ()
) -> Variation:
    file = Path(group) / f"{name}.py"
    return Variation(
        f"{group}_{name}", group, file, "It is free.", level, frozenset(breaks), variants or tuple(Variant.every())
    )


QUIET = made("logs", "quiet", "HOOK-3", variants=(FLASK, STARLETTE))
LOUD = made("logs", "loud", level=Level.FULL)
SLOW = made("speed", "slow", level=Level.FULL, variants=(FLASK,))
CHECKS = [check("HOOK-1"), check("HOOK-3"), check("HOOK-2", "HOOK-3")]


def test_every_variation_of_the_project_agrees_with_the_contract() -> None:
    found = discover()
    assert laws(load(), found.values()) == []
    assert [each.name for each in found.values() if not each.freedom.endswith(".")] == []
    assert {each.level for each in found.values()} >= {Level.PAGE, Level.FULL}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("LEVEL = 'page'\n", "a variation's first line says what is free"),
        ('"""A."""\n', "None is not a valid Level"),
        ('"""A."""\nLEVEL = "all"\n', "'all' is not a valid Level"),
        ('"""A."""\nLEVEL = "page"\nVARIANTS = ("flask",)\n', "'flask' is no variant"),
    ],
    ids=["no first line", "no level", "another level", "no variant"],
)
def test_a_variation_that_does_not_say_what_it_must_is_refused_by_its_file(
    tmp_path: Path, text: str, sentence: str
) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "quiet.py").write_text(text)
    with pytest.raises(HarnessError, match=rf"quiet\.py: {sentence}"):
        discover(tmp_path)


@pytest.mark.parametrize(
    ("variation", "sentence"),
    [
        (made("logs", "x", "HOOK-9"), "logs_x breaks HOOK-9, which the contract does not hold."),
        (made("logs", "x", "HOOK-1"), "logs_x breaks HOOK-1, which is promised at level page"),
        (made("logs", "x", "HOOK-2", level=Level.GUIDES), "logs_x breaks HOOK-2, which is promised at level guides"),
        (made("logs", "x", "HOOK-3", level=Level.FULL), "logs_x breaks HOOK-3, which is promised at level full"),
    ],
    ids=["unknown", "of the page", "of the guides", "free at full"],
)
def test_a_variation_breaks_only_what_higher_levels_promise(variation: Variation, sentence: str) -> None:
    [broken] = laws(CONTRACT, [variation, made("logs", "y", "HOOK-2", "HOOK-3")])
    assert sentence in broken


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_each_variation_is_in_one_combination_beside_none_of_its_group_where_it_changes_something(seed: int) -> None:
    found = discover().values()
    planned = combinations(found, seed)
    names = [member.name for combination in planned for member in combination.members]
    assert sorted(names) == sorted(each.name for each in found)
    assert [each for each in planned for member in each.members if each.variant not in member.variants] == []
    groups = [[member.group for member in combination.members] for combination in planned]
    assert [each for each in groups if len(each) != len(set(each))] == []
    assert len({each.variant for each in planned}) == min(len(planned), 12)


def test_a_seed_draws_what_comes_together_and_always_the_same() -> None:
    found = discover().values()
    assert combinations(found, 1) == combinations(list(found), 1)
    assert combinations(found, 1) != combinations(found, 2) != combinations(found)


@pytest.mark.parametrize("seed", range(4))
def test_a_level_has_one_variation_of_each_group_rather_one_that_breaks_something_beyond_it(seed: int) -> None:
    assert {each.name for each in drawn([QUIET, LOUD, SLOW], Level.PAGE, FLASK, seed).members} == {
        "logs_quiet",
        "speed_slow",
    }
    assert [each.name for each in drawn([QUIET, LOUD, SLOW], Level.FULL, STARLETTE, seed).members] == ["logs_loud"]


def test_the_seed_draws_the_variations_of_a_level() -> None:
    found = {drawn(discover().values(), Level.PAGE, FLASK, seed).files for seed in range(20)}
    assert len(found) > 10


def test_a_check_runs_with_what_leaves_it_alone_and_fails_with_what_breaks_it() -> None:
    planned = combinations([QUIET, LOUD, SLOW])
    kept, broken, both = (
        {str(each): [file.stem for file in each.mutant.files] for each in found if each.mutant is not None}
        for found in pairings(CONTRACT, CHECKS, planned).values()
    )
    assert kept == {
        "flask-sync~combination_1": ["quiet", "slow"],
        "starlette-async~combination_2": ["loud"],
    }
    assert broken == {
        "flask-sync~combination_1_without_1": ["slow"],
        "starlette-async~combination_2": ["loud"],
        "flask-sync~logs_quiet": ["quiet"],
    }
    assert both == broken


def test_what_may_break_all_of_higher_levels_is_loaded_for_checks_of_its_own_alone() -> None:
    free = replace(made("names", "none", variants=(FLASK,)), above=True)
    page, both = pairings(CONTRACT, [check("HOOK-1"), check("HOOK-3", "HOOK-1")], combinations([free])).values()
    assert list(map(str, page)) == ["flask-sync~combination_1"]
    assert both == []


def test_what_breaks_a_requirement_is_tried_on_a_variant_where_it_applies() -> None:
    planned = combinations([made("logs", "quiet", "HOOK-4", variants=(FLASK, STARLETTE))])
    [found] = pairings(CONTRACT, [check("HOOK-4")], planned).values()
    assert list(map(str, found)) == ["starlette-async~logs_quiet"]


@pytest.mark.parametrize("parts", [1, 3, 8, 20])
def test_shards_together_are_the_whole_run_and_no_two_of_them_do_the_same(parts: int) -> None:
    contract, checks = load(), discover_checks()
    planned = combinations(discover().values())
    shards = [pairings(contract, checks, planned, Shard(number + 1, parts)) for number in range(parts)]
    for name, whole in pairings(contract, checks, planned).items():
        expected = [(pairing.variant, pairing.mutant.files) for pairing in whole if pairing.mutant is not None]
        found = [(each.variant, each.mutant.files) for shard in shards for each in shard[name] if each.mutant]
        assert len(found) == len(expected)
        assert set(found) == set(expected)


def test_a_shard_has_each_combination_with_some_files_and_each_file_with_some_combination() -> None:
    planned = combinations(discover().values())
    for number in range(1, 9):
        chosen = {
            check.name.partition("::")[0]: Shard(number, 8).of_check(check, planned) for check in discover_checks()
        }
        assert {len(each) for each in chosen.values()} == {1}
        assert set(chain.from_iterable(chosen.values())) == set(planned)


@pytest.mark.parametrize("text", ["", "3", "0/8", "9/8", "3/0", "-1/8", "1/8 ", "a/b"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    assert Shard.parse("3/8") == Shard(3, 8)
    with pytest.raises(ValueError, match="is no shard: the third of eight is 3/8"):
        Shard.parse(text)


def test_chosen_variations_run_alone() -> None:
    planned = combinations([QUIET, LOUD, SLOW])
    found = single_pairings(CONTRACT, CHECKS, planned, ["logs_quiet"])
    assert set(map(str, chain.from_iterable(found.values()))) == {"flask-sync~logs_quiet"}
