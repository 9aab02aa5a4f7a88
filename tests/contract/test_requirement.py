"""The parser of the contract, and the contract in the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.contract import requirement
from conformance.contract.requirement import Contract, ContractError, Keyword, parse
from conformance.contract.variant import Start, Variant

ALL = {"flask-sync", "flask-async", "starlette-sync", "starlette-async", "django-sync", "django-async"}
LINE = "- HOOK-3b SHOULD r  A hook runs. [applies: backend=flask|sanic, mode=async, start=script]"


def test_a_line_is_read_into_its_parts() -> None:
    [found] = parse(f"# HOOK\n\nSome explanation.\n{LINE}\n", "hook.md")
    assert (found.id, found.chapter, found.keyword, found.source) == ("HOOK-3b", "HOOK", Keyword.SHOULD, "r")
    assert found.sentence == "A hook runs."
    assert found.applies.starts == {Start.SCRIPT}


@pytest.mark.parametrize(
    ("applies", "expected"),
    [
        ("", ALL),
        ("mode=async", {"flask-async", "starlette-async", "django-async"}),
        ("backend=flask|starlette, mode=sync", {"flask-sync", "starlette-sync"}),
        ("server=asynchronous", {"starlette-sync", "starlette-async", "django-async"}),
        ("server=asynchronous, mode=async or backend=flask", ALL - {"starlette-sync", "django-sync"}),
        ("start=script", ALL),
    ],
)  # fmt: skip
def test_a_cell_exists_where_the_requirement_applies(applies: str, expected: set[str]) -> None:
    suffix = f" [applies: {applies}]" if applies else ""
    [found] = parse(f"- ROUTE-1 MUST p  Something holds.{suffix}", "route.md")
    variants = [variant for variant in Variant.every() if variant.backend in {"flask", "starlette", "django"}]
    assert {str(variant) for variant in variants if found.applies.holds(variant)} == expected


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("- HOOK-3 A hook runs.", r"hook.md:1: not a requirement: .* One reads"),
        ("- HOOK-3 SHALL p  A hook runs.", "hook.md:1: HOOK-3 says 'SHALL'; a keyword is MUST, SHOULD or MAY"),
        ("- HOOK-3 MUST x  A hook runs.", "HOOK-3 has the source 'x'; a source is p, g or r"),
        ("- HOOK-3 MUST p  A hook runs. [applies: colour=red]", "unknown key 'colour'; there are backend, mode"),
        ("- HOOK-3 MUST p  A hook runs. [applies: backend=flsk]", "backend is never flsk"),
        ("- HOOK-3 MUST p  A hook runs. [needs: rediss]", "HOOK-3 needs rediss; there are client, orm, redis"),
        ("- HOOK-3 MUST p  A hook runs. [applies: async servers]", "'async servers' is no restriction; one reads"),
    ],
)
def test_a_line_that_cannot_be_read_names_the_place_and_the_cure(line: str, message: str) -> None:
    with pytest.raises(ContractError, match=message):
        parse(line, "hook.md")


def test_an_id_is_given_once() -> None:
    with pytest.raises(ContractError, match="HOOK-3b is written twice"):
        Contract(parse(LINE, "a.md") + parse(LINE, "b.md"))


def test_a_requirement_stands_in_the_file_of_its_chapter(tmp_path: Path) -> None:
    (tmp_path / "route.md").write_text(LINE)
    with pytest.raises(ContractError, match="HOOK-3b belongs to another chapter"):
        requirement.load(tmp_path)


def test_a_chapter_has_a_place_in_the_order(tmp_path: Path) -> None:
    (tmp_path / "weather.md").write_text("")
    with pytest.raises(ContractError, match="chapter WEATHER is not in CHAPTERS"):
        requirement.load(tmp_path)


def test_requirements_come_in_the_natural_order_of_their_ids(tmp_path: Path) -> None:
    ids = ["HOOK-10", "HOOK-2", "HOOK-2b", "HOOK-1"]
    (tmp_path / "hook.md").write_text("\n".join(f"- {identifier} MUST p  It holds." for identifier in ids))
    assert [entry.id for entry in requirement.load(tmp_path)] == ["HOOK-1", "HOOK-2", "HOOK-2b", "HOOK-10"]


@pytest.mark.parametrize(("before", "after"), [("runs.", "runs"), ("SHOULD", "MUST"), ("mode=async", "mode=sync")])
def test_whatever_a_check_was_written_against_changes_the_hash(before: str, after: str) -> None:
    [old], [new] = parse(LINE, "hook.md"), parse(LINE.replace(before, after), "hook.md")
    assert old.hash != new.hash
    assert Contract([old]).hash != Contract([new]).hash


def test_the_contract_of_the_repository_can_be_read() -> None:
    assert {entry.chapter for entry in requirement.load()} == set(requirement.CHAPTERS)
