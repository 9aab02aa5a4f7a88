"""Failures that happen again: replayed before the report is written, and by `python -m conformance replay`."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from conformance.evidence import records, rerun
from conformance.evidence.records import Record
from conformance.evidence.rerun import FIRST
from conformance.foundation.exceptions import BadUsage, HarnessError
from matrix.report import load
from tests.conftest import FAKES
from tests.evidence.test_records import record
from tests.plugin.test_run import PROJECT, judge, run, token

__all__ = ["token"]

CHECK = "test_route.py::test_a_mounted_path_wins_over_a_template"
NODE = f"{CHECK}[flask-sync]"
FILE = f"flask-sync/{CHECK.replace('.py::', '.')}.jsonl"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The evidence of the bug that shows every time, as the run of one check keeps it."""
    report = tmp_path_factory.mktemp("found") / "report.json"
    options = ("--implementation", str(FAKES / "always.toml"), "--report", str(report))
    code, output = run("found", "pytest", f"conformance/checks/{NODE}", "-q", *options)
    assert code == 1, output
    file = report.with_name("evidence") / FILE
    assert os.path.relpath(file, PROJECT) in output, "a failure names its evidence"
    return file.read_text()


@pytest.fixture
def failure(tmp_path: Path, found: str) -> Path:
    """The same in a folder of its own, with the implementation and the bug that it names."""
    shutil.copytree(FAKES / "planted", tmp_path / "planted")
    implementation = tmp_path / "always.toml"
    told = (FAKES / "always.toml").read_text()
    implementation.write_text(told.replace("../../reference/src", str(PROJECT / "reference" / "src")))
    file = tmp_path / "found.jsonl"
    file.write_text(found)
    return file


def replayed(token: str, failure: Path, *options: str) -> tuple[int, str]:
    """Replay it on the implementation beside it."""
    mine = () if "--implementation" in options else ("--implementation", str(failure.with_name("always.toml")))
    return run(token, "conformance", "replay", str(failure), *mine, *options)


def edited(file: Path, edit: Callable[[Any], object]) -> Path:
    value = json.loads(file.read_text())
    edit(value)
    file.write_text(json.dumps(value) + "\n")
    return file


@pytest.mark.parametrize(("bug", "workers", "label"), [("always", "2", "3/3"), ("sometimes", "0", "flaky 1/3")])
def test_a_failure_is_labelled_by_how_often_it_comes_again(
    token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bug: str, workers: str, label: str
) -> None:
    monkeypatch.setenv("PLANTED_TIMES", str(tmp_path / "times"))
    report = tmp_path / "report.json"
    implementation = str(FAKES / f"{bug}.toml")
    code, output = judge(token, report, "--implementation", implementation, "--requirement", "ROUTE-3a", "-n", workers)
    assert code == 1, output
    assert f"\n  replayed: {label}\n" in output
    assert ("not failing each time: 1 verdict" in output) == ("flaky" in label)
    [verdict] = load(report).verdicts
    [against] = verdict.incidents
    assert (against.check, against.outcome.value, against.replays) == (CHECK, "failed", label)
    [kept] = records.read(report.parent / against.file)
    assert (kept.node, kept.outcome, kept.replays) == (NODE, "failed", label)
    assert f"--seed={load(report).header.seed}" in against.reproduce


def test_every_verdict_points_at_what_was_kept_of_each_of_its_cases(token: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    options = ("--backend", "flask", "--mode", "sync", "--requirement", "ROUTE-3a", "--requirement", "HOOK-8")
    code, output = judge(token, report, *options)
    assert code == 0, output
    checks: set[str] = set()
    for verdict in load(report).verdicts:
        checks.update(verdict.checks)
        kept = [each for file in verdict.files for each in records.read(report.parent / file)]
        assert {each.check for each in kept} == set(verdict.checks)
        assert {each.outcome for each in kept} == {"passed"}
        assert all(each.exchanges or each.probes for each in kept)
    assert len(list(tmp_path.glob("evidence/*/*.jsonl"))) == len(checks) > 1


def test_evidence_of_an_implementation_that_is_known_by_its_name_replays(token: str, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    options = ("--backend", "flask", "--mode", "sync", "--requirement", "HOOK-8", "--evidence", str(folder))
    code, output = run(token, "pytest", "conformance", "-q", "--report", str(tmp_path / "report.json"), *options)
    assert code == 0, output
    [file, *_] = sorted(folder.glob("*/*.jsonl"))
    code, output = run(token, "conformance", "replay", str(file))
    assert code == 0, output
    assert "it passes" in output


def test_a_seed_sends_the_same_bytes_whatever_else_runs(token: str, tmp_path: Path) -> None:
    def requests(name: str, seed: int, *chosen: str) -> Mapping[str, str]:
        folder = tmp_path / name
        options = ("--evidence", str(folder), "--report", str(folder / "report.json"), "--seed", str(seed))
        code, output = run(token, "pytest", *chosen, "-q", "--backend", "flask", "--mode", "sync", *options)
        assert code == 0, output
        [found] = records.read(folder / FILE)
        assert found.seed == seed
        return found.requests

    alone = requests("alone", 5, f"conformance/checks/{NODE}")
    assert len(alone) == 2
    assert requests("among others", 5, "conformance", "--requirement", "ROUTE-3a") == alone
    assert requests("another seed", 6, f"conformance/checks/{NODE}") != alone


def test_a_failure_that_comes_again_is_reproduced_with_the_same_bytes(token: str, failure: Path) -> None:
    code, output = replayed(token, failure)
    assert code == 1, output
    assert f"{NODE}: reproduced: it fails for the same reason" in output
    assert "the same 2 requests were sent, byte for byte" in output


def test_a_failure_whose_bug_is_gone_is_fixed(token: str, tmp_path: Path, failure: Path) -> None:
    (tmp_path / "planted" / "always.py").write_text("")
    code, output = replayed(token, failure, "--case", NODE)
    assert code == 0, output
    assert f"{NODE}: fixed: it passes now" in output


def test_another_failure_and_other_bytes_are_told(token: str, failure: Path) -> None:
    def edit(value: Any) -> None:
        value["reason"] = "something\x1b]0;title\x07 else\n::error::no"
        value["exchanges"][1]["sent"]["bytes"] = "GET /api/branch/other/leaf HTTP/1.1\r\n\r\n"

    code, output = replayed(token, edited(failure, edit))
    assert code == 1, output
    assert "it fails again, for another reason" in output
    assert r"something\x1b]0;title\x07 else" in output
    assert "\x1b" not in output
    assert r"    :\x3aerror::no" in output
    assert "not sent again: GET /api/branch/other/leaf HTTP/1.1" in output


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda value: value["environment"]["frameworks"].update(flask="0.1"), "flask was 0.1 and is "),
        (lambda value: value["environment"].update(python="3.9.0"), "Python was 3.9.0 and is "),
        (lambda value: value["environment"]["scenarios"].update(root="0" * 64), "scenario root has changed since"),
        (lambda value: value["environment"].update(check="0" * 64), "the source of the check has changed since"),
        (
            lambda value: value["environment"].update(servers=[["other", None, None]]),
            "the server was other and is werk",
        ),
    ],
    ids=["framework", "Python", "scenario", "check", "server"],
)
def test_in_another_environment_nothing_is_judged(
    token: str, failure: Path, edit: Callable[[Any], object], told: str
) -> None:
    code, output = replayed(token, edited(failure, edit))
    assert code == 2, output
    assert "the environment differs" in output
    assert told in output


@pytest.mark.parametrize(
    ("options", "edit", "told"),
    [
        (("--case", "another"), lambda value: None, f"holds no case 'another'. It holds {NODE}."),
        ((), lambda value: value.pop("seed"), "'seed' is a required property"),
        (("--implementation", "nobody"), lambda value: None, "There is no implementation 'nobody'."),
        ((), lambda value: value.update(variant="quart-sync"), "'quart-sync' is no variant"),
        (
            (),
            lambda value: value.update(check="test_route.py::test_none"),
            "there is no check 'test_route.py::test_none'",
        ),
        ((), lambda value: value.update(node=f"/tmp/{NODE}"), f"'/tmp/{NODE}' is no case of {CHECK}"),
        ((), lambda value: value.update(node=f"../{NODE}"), f"'../{NODE}' is no case of {CHECK}"),
        ((), lambda value: value.update(node="-pevil"), f"'-pevil' is no case of {CHECK}"),
        ((), lambda value: value.update(case="\x1b", node=f"{CHECK}[flask-sync-\x1b]"), r"-\x1b]' is no case of"),
        ((), lambda value: value.update(options={"loop": "evil:Loop"}), "no server option 'loop' of the value 'evil:"),
        ((), lambda value: value["environment"]["scenarios"].update({"../x": "0" * 64}), "'../x' does not match"),
    ],
    ids=[
        "case",
        "member",
        "another implementation",
        "variant",
        "check",
        "absolute",
        "above",
        "option",
        "escape",
        "server option",
        "scenario",
    ],
)
def test_what_cannot_be_replayed_is_bad_usage(
    token: str, failure: Path, options: tuple[str, ...], edit: Callable[[Any], object], told: str
) -> None:
    code, output = replayed(token, edited(failure, edit), *options)
    assert code == 2, output
    assert told in output
    assert "Traceback" not in output
    assert "\x1b" not in output


def test_a_case_that_is_not_there_is_bad_usage(token: str, failure: Path) -> None:
    node = f"{CHECK}[flask-sync-none]"
    code, output = replayed(token, edited(failure, lambda value: value.update(case="none", node=node)))
    assert code == 2, output
    assert "not found" in output
    assert "Traceback" not in output


def test_nothing_that_evidence_names_is_run(token: str, tmp_path: Path, failure: Path) -> None:
    mark = tmp_path / "ran"
    evil = tmp_path / "evil"
    evil.write_text(f"#!/bin/sh\ntouch {mark}\n")
    evil.chmod(0o755)
    (tmp_path / "evil.toml").write_text(
        f'name = "evil"\nvariants = ["flask-sync"]\n[interpreter]\nexecutable = "{evil}"\n'
    )
    file = edited(failure, lambda value: value.update(implementation=str(tmp_path / "evil.toml")))
    code, output = run(token, "conformance", "replay", str(file))
    assert code == 2, output
    assert "say with --implementation which one to judge" in output
    assert not mark.exists()


@pytest.mark.parametrize("text", ["[" * 100_000, "\x00", '{"node": ' + "1" * 5000 + "}"])
def test_evidence_that_is_none_is_bad_usage(tmp_path: Path, text: str) -> None:
    file = tmp_path / "found.jsonl"
    file.write_text(text + "\n")
    with pytest.raises(BadUsage, match=r"found\.jsonl, line 1 is not JSON"):
        records.read(file)


def test_evidence_without_an_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "found.jsonl"
    file.write_text("x" * 1001)
    monkeypatch.setattr(records, "MOST_BYTES", 1000)
    with pytest.raises(BadUsage, match="more than 1000 bytes"):
        records.read(file)
    with pytest.raises(BadUsage, match="no regular file"):
        records.read(Path("/dev/zero"))


def test_an_interpreter_that_is_gone_is_no_answer(token: str, tmp_path: Path, failure: Path) -> None:
    (tmp_path / "always.toml").write_text(
        'name = "always"\nvariants = ["flask-sync"]\n[interpreter]\nexecutable = "/no/such/python"\n'
    )
    code, output = replayed(token, failure)
    assert code == 3, output
    assert "/no/such/python cannot be run" in output


def again(*outcomes: str) -> Callable[[str, float], Mapping[str, Record]]:
    left = list(outcomes)

    def once(node: str, seconds: float) -> Mapping[str, Record]:
        outcome = left.pop(0)
        if outcome == "nothing":
            raise HarnessError("It has not ended.\nIts output")
        return {node: record(node=node, outcome=outcome, reason="A reason.\nMore.")}

    return once


@pytest.mark.parametrize(
    ("outcomes", "label"),
    [
        (["failed", "failed", "failed"], "3/3"),
        (["failed", "passed", "passed"], "flaky 1/3"),
        (["passed", "passed", "passed"], "flaky 0/3"),
        (["failed", "nothing", "unverified"], "1/1"),
        (["passed", "nothing", "failed"], "flaky 1/2"),
        (["nothing", "nothing", "nothing"], "not replayed: It has not ended."),
        (["unverified", "unverified", "unverified"], "not replayed: A reason."),
    ],
)
def test_a_label_counts_the_replays_that_judged(outcomes: list[str], label: str) -> None:
    assert rerun.replayed([NODE], 3, again(*outcomes)) == {NODE: label}


def test_of_many_failures_the_first_are_replayed() -> None:
    nodes = [f"node {number}" for number in range(FIRST + 2)]
    labels = rerun.replayed(nodes, 1, again(*["failed"] * FIRST))
    assert [labels[node] for node in nodes] == ["1/1"] * FIRST + [f"not replayed: the first {FIRST} failures are"] * 2


def test_when_the_time_is_over_nothing_more_is_replayed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rerun, "SECONDS_IN_ALL", 0.0)
    assert rerun.replayed([NODE], 3, again()) == {NODE: "not replayed: 0 s for all replays were over"}


def test_what_leaves_no_evidence_is_no_answer() -> None:
    with pytest.raises(HarnessError, match=r"has not ended within 0\.01 s"):
        rerun.rerun([NODE], "reference", [], seconds=0.01)
