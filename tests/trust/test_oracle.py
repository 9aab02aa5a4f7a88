"""The oracle and its opposite: what becomes of a check that it fails, and that no check lets a wrong answer pass."""

from __future__ import annotations

import importlib
import itertools
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from conformance.contract.check import Check, discover
from conformance.foundation import seeded_random
from conformance.foundation.exceptions import HarnessError, OracleFails
from conformance.judging.verdict import Outcome
from conformance.plugin.oracle_control import Control, require_exemption
from conformance.target.exchange import Exchange
from conformance.target.service import Respondent
from conformance.target.target import Target
from conformance.trust.oracle import Oracle
from matrix import header
from matrix.report import load
from tests.conftest import Open

PROJECT = Path(__file__).parents[2]
LOCALHOST = "127.0.0.1"

Wrong = Callable[[Exchange], Exchange]


@dataclass(frozen=True)
class Call:
    """A check with the values of one of its cases."""

    name: str
    function: Callable[..., None]
    values: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.name}{list(self.values.values()) or ''}"


def calls(check: Check) -> Iterator[Call]:
    """The check, once for each case."""
    file, _, name = check.name.partition("::")
    function = getattr(importlib.import_module(f"conformance.checks.{file.removesuffix('.py')}"), name)
    for values in cases(function):
        yield Call(check.name, function, values)


def cases(function: Callable[..., None]) -> Iterator[dict[str, Any]]:
    """The values that pytest's parametrize gives to the function."""
    axes = []
    for mark in getattr(function, "pytestmark", ()):
        names, values = mark.args
        names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
        axes.append([dict(zip(names, value if len(names) > 1 else [value], strict=True)) for value in values])
    for chosen in itertools.product(*axes):
        yield {name: value for case in chosen for name, value in case.items()}


CALLS = [call for check in discover() if check.exemption is None for call in calls(check)]


class AntiOracle(Respondent):
    """The oracle, but for answers that are made wrong in one way: every one of them, or the one of that number."""

    def __init__(self, oracle: Oracle, wrong: Wrong, only: int | None = None) -> None:
        super().__init__(oracle.address, oracle.nonce, lambda answer: None)
        self.pid = oracle.pid
        self.answers = 0
        self.wrong_answers = 0
        self._wrong = wrong
        self._only = only
        self._lock = threading.Lock()  # some checks ask from several threads

    def request(self, method: str, target: str, **arguments: Any) -> Exchange:
        answer = super().request(method, target, **arguments)
        with self._lock:
            number = self.answers
            self.answers += 1
            wrong = self._wrong(answer) if self._only in (None, number) else answer
            self.wrong_answers += wrong != answer
        return wrong


def changed(answer: Exchange, **parts: Any) -> Exchange:
    """The answer with other parts, and the bytes that they would have been on the wire."""
    answer = replace(answer, **parts)
    head = [f"HTTP/1.1 {answer.status} ", *(f"{name}: {value}" for name, value in answer.headers), "", ""]
    return replace(answer, received="\r\n".join(head).encode("latin-1") + answer.body)


def with_header(answer: Exchange, name: str, value: str | None) -> Exchange:
    """The answer with that value of the header, or without it."""
    rest = tuple(entry for entry in answer.headers if entry[0] != name)
    return changed(answer, headers=rest if value is None else (*rest, (name, value)))


def another_body(answer: Exchange) -> Exchange:
    """A good one of its type, but not the right one; some where there should be none."""
    others = {
        "application/json": {"wrong": True},
        "application/problem+json": {"status": answer.status, "title": "Wrong"},
    }
    other = others.get(answer.content_type or "")
    return changed(answer, body=b"wrong" if other is None else json.dumps(other).encode())


def another_kind_of_body(answer: Exchange) -> Exchange:
    """One that a check might stumble over instead of refusing it."""
    return changed(answer, body=b"[[5]]")


def another_kind_of_member(answer: Exchange) -> Exchange:
    """A problem whose own members are right, and the texts in it none."""
    if answer.content_type != "application/problem+json" or not answer.body:
        return answer
    members = answer.json()
    other: dict[str, Any] = {"detail": 5} if "detail" in members else {}
    if "errors" in members:
        other["errors"] = [dict.fromkeys(entry, 5) for entry in members["errors"]]
    return changed(answer, body=json.dumps({**members, **other}).encode()) if other else answer


def another_last_byte(answer: Exchange) -> Exchange:
    return changed(answer, body=answer.body[:-1] + bytes([answer.body[-1] ^ 1])) if answer.body else answer


def no_body(answer: Exchange) -> Exchange:
    return changed(answer, body=b"") if answer.body else answer


def another_type(answer: Exchange) -> Exchange:
    """One that another answer of the root scenario has, or would have."""
    others = {
        "text/plain": "application/json",
        "application/json": "application/problem+json",
        "application/problem+json": "application/json",
        "application/octet-stream": "text/plain",
        None: "text/plain",
    }
    return with_header(answer, "content-type", others[answer.content_type])


def with_allow(answer: Exchange, value: str | None) -> Exchange:
    return answer if answer.header("allow") is None else with_header(answer, "allow", value)


def of_successes(wrong: Wrong) -> Wrong:
    return lambda answer: wrong(answer) if answer.status < 400 else answer


def of_errors(wrong: Wrong) -> Wrong:
    return lambda answer: wrong(answer) if answer.status >= 400 else answer


HEAD = "test_route.py::test_head_answers_as_get_does_without_the_body"
HEADS_LENGTH = "test_route.py::test_head_tells_the_length_of_what_get_answers"
ALIAS = "test_route_parameters.py::test_the_name_that_an_alias_stands_for_is_not_taken"
OPTIONS = "test_route.py::test_options_answers_with_the_methods_of_the_path"
OPTIONS_IS_EMPTY = "test_route.py::test_options_answers_without_content_and_tells_the_derived_methods"
REFUSED = "test_error.py::test_another_method_of_a_known_path_is_refused_with_those_allowed"
NAMED = "test_error.py::test_each_parameter_that_is_missing_or_does_not_convert_is_named"
DETAIL = "test_error.py::test_in_development_the_detail_tells_the_exception"
PROBLEM = "test_error.py::test_an_error_is_a_problem_whatever_the_client_accepts"

ALL = {call.name for call in CALLS}
ALLOWING = {REFUSED, OPTIONS, OPTIONS_IS_EMPTY}
PROBLEMS = {DETAIL, PROBLEM}


# They compare the answer to HEAD with that to GET, and see nothing that is wrong with both.
COMPARING = {HEAD, HEADS_LENGTH}


@dataclass(frozen=True)
class Way:
    """A way in which answers are wrong, and the checks that have to see it; it is no business of any other one."""

    wrong: Wrong
    seen_by: set[str]


WAYS = {
    "a success with another body": Way(of_successes(another_body), ALL - {OPTIONS}),
    "a success with another kind of body": Way(of_successes(another_kind_of_body), ALL - {OPTIONS}),
    "a success with another last byte": Way(of_successes(another_last_byte), ALL),
    "a success with no body": Way(of_successes(no_body), ALL),
    "an error with another body": Way(of_errors(another_body), {NAMED, *PROBLEMS}),
    "an error with another kind of body": Way(of_errors(another_kind_of_body), {NAMED, *PROBLEMS}),
    "a problem with other kinds of members": Way(another_kind_of_member, {NAMED, *PROBLEMS}),
    "an error with another last byte": Way(of_errors(another_last_byte), {NAMED, *PROBLEMS}),
    "an error with no body": Way(of_errors(no_body), {NAMED, *PROBLEMS}),
    "another type": Way(another_type, PROBLEMS),
    "no type": Way(lambda answer: with_header(answer, "content-type", None), PROBLEMS),
    "a success with another status": Way(
        of_successes(lambda answer: changed(answer, status=answer.status + 1)), ALL - {OPTIONS}
    ),
    "an error with another status": Way(
        of_errors(lambda answer: changed(answer, status=answer.status + 1)), ALL - {ALIAS}
    ),
    "an error that is none": Way(of_errors(lambda answer: changed(answer, status=200)), ALL),
    "no header at all": Way(lambda answer: changed(answer, headers=()), {*ALLOWING, *PROBLEMS}),
    "no Allow": Way(lambda answer: with_allow(answer, None), ALLOWING),
    "one method too many in Allow": Way(lambda answer: with_allow(answer, f"{answer.header('allow')}, BREW"), ALLOWING),
}


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    seeded_random.begin(1)
    server = Oracle(LOCALHOST)
    yield server
    server.close()


def fails(call: Call, anti: AntiOracle) -> bool:
    """Whether the check fails by an assertion; what else it raises would leave its cells unverified."""
    try:
        call.function(root=anti, **call.values)
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize("way", WAYS)
def test_a_check_sees_what_is_wrong_with_every_answer_where_it_is_its_business(oracle: Oracle, way: str) -> None:
    failed, passed = set(), set()
    for call in CALLS:
        anti = AntiOracle(oracle, WAYS[way].wrong)
        if fails(call, anti):
            failed.add(call.name)
        elif anti.wrong_answers:
            passed.add(call.name)
    assert (passed & WAYS[way].seen_by) - COMPARING == set()
    assert failed - WAYS[way].seen_by - COMPARING == set()


@pytest.mark.parametrize("way", WAYS)
def test_a_check_sees_what_is_wrong_with_any_one_answer_where_it_is_its_business(oracle: Oracle, way: str) -> None:
    failed, passed = set(), set()
    for call in CALLS:
        right = AntiOracle(oracle, lambda answer: answer)
        assert not fails(call, right)
        for number in range(right.answers):
            anti = AntiOracle(oracle, WAYS[way].wrong, number)
            if fails(call, anti):
                failed.add(call.name)
            elif anti.wrong_answers:
                passed.add(call.name)
    assert (passed & WAYS[way].seen_by) - COMPARING == set()
    assert failed - WAYS[way].seen_by - COMPARING == set()


@pytest.mark.parametrize(
    ("name", "way"),
    [(HEAD, "no header at all"), (HEAD, "a success with another status"), (HEADS_LENGTH, "no header at all")],
)
def test_what_is_wrong_with_the_answer_to_head_alone_is_seen(oracle: Oracle, name: str, way: str) -> None:
    for call in CALLS:
        if call.name == name:
            right = AntiOracle(oracle, lambda answer: answer)
            assert not fails(call, right)
            assert fails(call, AntiOracle(oracle, WAYS[way].wrong, right.answers - 1)), str(call)


def test_the_oracle_is_asked_once_for_each_case(oracle: Oracle) -> None:
    control, asked = Control(oracle), []
    for name in ("test_a", "test_a-case", "test_a"):
        control.require(name, lambda root, number: asked.append((root, number)), {"root": None, "number": 7})
    assert asked == [(oracle, 7)] * 2


def skips(root: Oracle) -> None:
    pytest.skip("not today")


def stumbles(root: Oracle) -> None:
    assert root.facts  # type: ignore[attr-defined]


def expects_something_else(root: Oracle) -> None:
    assert root.get("/api/hello").text == "nobody"


@pytest.mark.parametrize(
    ("function", "reason"),
    [(skips, "not today"), (stumbles, "has no attribute 'facts'"), (expects_something_else, "'world' == 'nobody'")],
)
def test_a_check_that_the_oracle_does_not_pass_is_doubted_each_time(
    oracle: Oracle, function: Callable[..., None], reason: str
) -> None:
    control = Control(oracle)
    for _ in range(2):
        with pytest.raises((OracleFails, pytest.skip.Exception), match=re.escape(reason)) as told:
            control.require("test_route.py::test_a-case", function, {"root": None})
        assert isinstance(told.value, OracleFails)
        assert "fails test_route.py::test_a-case" in str(told.value)


def test_what_the_oracle_answered_is_told(oracle: Oracle) -> None:
    with pytest.raises(OracleFails, match=r"> GET /api/hello HTTP/1\.1(.|\n)*< world"):
        Control(oracle).require("test_a", expects_something_else, {"root": None})


def test_a_check_that_the_oracle_fails_leaves_its_requirement_unverified(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    options = ("--backend", "flask", "--mode", "sync", "--requirement", "ROUTE-1a", "--requirement", "ROUTE-1b")
    plugins = ("-p", "tests.fakes.broken_oracle", "-p", "no:cacheprovider")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "conformance", "-q", *plugins, "--report", str(report), *options],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 3, done.stdout
    found = load(report)
    assert {verdict.requirement: verdict.outcome for verdict in found.verdicts} == {
        "ROUTE-1a": Outcome.UNVERIFIED,
        "ROUTE-1b": Outcome.PASSED,
    }
    (incident,) = found.verdicts[0].incidents
    assert incident.reason.startswith("The oracle, which answers the root scenario by hand, fails test_route.py::")
    assert "< nobody" in incident.reason
    assert found.header.control == header.Control(3, 1)
    assert "3 checks controlled by the oracle, 1 exempt" in done.stdout


def test_no_check_says_that_the_oracle_cannot_answer_what_it_can(oracle: Oracle) -> None:
    right = AntiOracle(oracle, lambda answer: answer)
    for check in discover():
        if check.exemption is not None and check.fixtures == {"root"}:
            assert any(fails(call, right) for call in calls(check)), f"{check.name} says without_oracle without need."


def test_a_check_that_uses_the_root_scenario_alone_is_to_ask_for_it(handmade: Open) -> None:
    target = handmade("flask-sync")
    target.root()
    with pytest.raises(HarnessError, match="test_a uses nothing but the root scenario and is not put to the oracle"):
        require_exemption("test_a", target, target.trace)


@pytest.mark.parametrize(
    "uses",
    [
        lambda target: None,
        lambda target: target.shared("root", setting="1"),
        lambda target: target.serve("root"),
        lambda target: target.probe("root", "probe", value=1),
    ],
    ids=["nothing", "root with a setting", "a root of its own", "a probe"],
)
def test_a_check_that_uses_more_or_something_else_is_exempt(handmade: Open, uses: Callable[[Target], object]) -> None:
    target = handmade("flask-sync")
    uses(target)
    require_exemption("test_a", target, target.trace)
