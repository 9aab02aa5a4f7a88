"""The laws that bind checks and contract, and the lock that says which wording a check was read against."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.checks import server, test_route
from conformance.contract import lock, requirement
from conformance.contract.backend import BACKENDS
from conformance.contract.check import Binding, Check, discover, laws
from conformance.contract.requirement import Contract, Keyword, parse
from conformance.contract.variant import Start

SENTENCES = "- HOOK-1 MUST p  A hook runs. [applies: start=script]\n- HOOK-2 SHOULD p  It runs soon.\n"


def contract(text: str = SENTENCES) -> Contract:
    return Contract(parse(text, "hook.md"))


def check(
    *requirements: str, level: Keyword = Keyword.MUST, start: Start = Start.FORKED, name: str = "test_hook.py::test_a"
) -> Check:
    return Check(name, Binding(requirements, level, start))


ANY_START = Contract(parse("- HOOK-1 MUST p  A hook runs. [applies: start=forked|script]\n", "hook.md"))
GOOD = [
    check("HOOK-1", start=Start.SCRIPT),
    check("HOOK-2", level=Keyword.SHOULD, name="test_hook.py::test_b"),
]


def test_contract_and_checks_that_agree_break_no_law() -> None:
    assert laws(contract(), GOOD) == []


@pytest.mark.parametrize(
    ("checks", "sentence"),
    [
        (GOOD[:1], "HOOK-2 has no check."),
        ([*GOOD, Check("test_hook.py::test_c", None)], "test_hook.py::test_c is bound to no requirement"),
        ([*GOOD, check(name="test_hook.py::test_c")], "test_hook.py::test_c is bound to no requirement"),
        ([*GOOD, check("HOOK-9")], "is bound to HOOK-9, which the contract does not hold"),
        ([GOOD[0], check("HOOK-2")], "test_hook.py::test_a says MUST, but HOOK-2 is a SHOULD"),
        ([check("HOOK-1"), GOOD[1]], "starts its service forked, but HOOK-1 speaks of script"),
    ],
)
def test_each_disagreement_is_a_sentence(checks: list[Check], sentence: str) -> None:
    [broken] = laws(contract(), checks)
    assert sentence in broken


def asking(*fixtures: str, start: Start = Start.FORKED, without_oracle: str | None = None) -> Check:
    binding = Binding(("HOOK-1",), Keyword.MUST, start, without_oracle=without_oracle)
    return Check("test_hook.py::test_a", binding, frozenset(fixtures), frozenset({"case"}))


@pytest.mark.parametrize(
    ("check", "exemption"),
    [
        (asking("root"), None),
        (asking("target"), "it asks for `target`"),
        (asking("mounted", "variant"), "it asks for `mounted`, `variant`"),
        (asking("target", start=Start.SCRIPT), "it starts its service script"),
        (asking("root", "target", without_oracle="a reason"), "a reason"),
        (asking("root", without_oracle="a reason"), "a reason"),
    ],
)
def test_why_a_check_is_not_put_to_the_oracle_follows_from_it_unless_it_says_so(
    check: Check, exemption: str | None
) -> None:
    assert check.exemption == exemption
    assert laws(ANY_START, [check]) == []


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (asking("root", "target"), "cannot be put to the oracle, since it asks for `target`: let it ask for `root`"),
        (asking("root", start=Start.SCRIPT), "cannot be put to the oracle, since it starts its service script"),
        (asking("target", without_oracle="a reason"), "says without_oracle without need: it does not ask for `root`"),
    ],
)
def test_a_reason_too_few_or_too_many_is_a_broken_law(check: Check, sentence: str) -> None:
    [broken] = laws(ANY_START, [check])
    assert broken.startswith("test_hook.py::test_a ")
    assert sentence in broken


@pytest.mark.parametrize(
    ("function", "fixtures", "cases"),
    [
        ("test_backend.py::test_a_native_route_answers_its_path", {"injected"}, {"form", "added"}),
        (
            "test_error.py::test_another_method_of_a_known_path_is_refused_with_those_allowed",
            {"root"},
            {"method", "path", "methods"},
        ),
        ("test_run.py::test_the_url_that_run_prints_answers", {"printing"}, set()),
    ],
    ids=["one mark each", "several in a mark", "indirect"],
)
def test_a_parameter_is_a_case_where_parametrize_gives_its_value(
    function: str, fixtures: set[str], cases: set[str]
) -> None:
    [check] = [check for check in discover() if check.name == function]
    assert (set(check.fixtures), set(check.cases)) == (fixtures, cases)


def test_the_checks_of_the_repository_break_no_law() -> None:
    assert laws(requirement.load(), discover()) == []


def test_the_lock_of_the_repository_is_up_to_date() -> None:
    assert lock.stale(requirement.load(), discover()) == {}
    assert json.loads(lock.LOCK.read_text()) == lock.content(requirement.load(), discover())


def test_a_lock_just_written_leaves_nothing_stale(tmp_path: Path) -> None:
    lock.write(contract(), GOOD, tmp_path / "lock.json")
    assert lock.stale(contract(), GOOD, tmp_path / "lock.json") == {}


@pytest.mark.parametrize(
    ("text", "checks", "reason"),
    [
        (SENTENCES.replace("soon", "late"), GOOD, "The sentence of HOOK-2 has changed since its checks were last read"),
        (SENTENCES, [*GOOD, check("HOOK-2", name="test_hook.py::test_c")], "The checks bound to HOOK-2 are not those"),
    ],
)  # fmt: skip
def test_an_edited_sentence_or_another_check_is_stale(
    tmp_path: Path, text: str, checks: list[Check], reason: str
) -> None:
    lock.write(contract(), GOOD, tmp_path / "lock.json")
    stale = lock.stale(contract(text), checks, tmp_path / "lock.json")
    assert set(stale) == {"HOOK-2"}
    assert reason in stale["HOOK-2"]
    assert "run `python -m conformance lock`" in stale["HOOK-2"]


def test_without_a_lock_everything_is_stale(tmp_path: Path) -> None:
    assert set(lock.stale(contract(), GOOD, tmp_path / "lock.json")) == {"HOOK-1", "HOOK-2"}


def test_the_table_of_servers_has_each_request_that_is_sent_and_each_server() -> None:
    servers = {name for backend in BACKENDS.values() for name in backend.servers.values()} - {"uvicorn"}
    servers |= {f"uvicorn {parser}" for parser in server.PARSERS.values()}
    assert set(server.table()) == {*test_route.SENT, *test_route.HEADS}
    assert all(set(cells) == servers for cells in server.table().values())
