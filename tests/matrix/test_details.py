"""Details of what did not pass: on the terminal, and in files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conformance.judging.failure import Failure, Kind
from conformance.judging.verdict import Outcome
from matrix import details
from matrix.details import LOG_TAIL
from tests.matrix.samples import incident, one_bad, printed, report, verdict


def test_each_check_that_did_not_pass_has_a_file_and_the_causes_have_one(tmp_path: Path) -> None:
    broken = incident(Outcome.FAILED, failure=Failure(Kind.STATUS, "", "404", "200"), reason="\x1b]0;title\x07")
    said = report(
        verdict("HOOK-2", "flask-sync", Outcome.FAILED, broken),
        verdict("HOOK-2", "sanic-async", Outcome.FAILED, broken),
        verdict("HOOK-3", "flask-sync", Outcome.WARNED, incident(Outcome.WARNED, "test_hook.py::test_other")),
    )
    assert details.write(said, tmp_path, {"test_hook.py::test_it_runs_once": "line 7\x07"})
    files = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()}
    assert set(files) == {"test_hook.test_it_runs_once.txt", "test_hook.test_other.txt", "causes.txt"}
    text = files["test_hook.test_it_runs_once.txt"]
    assert text.startswith("test_hook.py::test_it_runs_once\n  HOOK-2 MUST  The promise of HOOK-2 holds.\n")
    assert text.endswith("\nwhere it failed first:\nline 7\\x07\n")
    assert "\x07" not in text
    assert files["causes.txt"] == (
        "status: expected 404, came 200\n  HOOK-2: flask-sync, sanic-async\n  pytest conformance -k once\n"
    )
    (tmp_path / "own.txt").touch()
    details.clear(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["own.txt"]


def test_where_all_passed_there_are_no_details(tmp_path: Path) -> None:
    assert not details.write(report(verdict("HOOK-2", "flask-sync")), tmp_path / "details", {})
    assert not (tmp_path / "details").exists()


def test_the_details_of_a_check_are_requirement_variant_reason_log_exchange_and_command() -> None:
    found = one_bad(Outcome.FAILED, log="boot\ncrash\n", exchanges=("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 500\r\n"))
    assert printed(found, details=True).split("\n\n", 1)[0].splitlines() == [
        "test_hook.py::test_it_runs_once",
        "  HOOK-3 MUST  The promise of HOOK-3 holds.",
        "  ✗ failed on flask-sync",
        "    it ran twice",
        "    exchange:",
        "    | GET / HTTP/1.1",
        "    exchange:",
        "    | HTTP/1.1 500",
        "    server log:",
        "    | boot",
        "    | crash",
        "    run it again:",
        "pytest conformance -k once",
    ]


def test_after_the_details_comes_what_is_shown_without_them() -> None:
    found = one_bad(Outcome.FAILED)
    assert printed(found, details=True).endswith(f"\n\n{printed(found)}")


def test_a_check_is_told_once_for_all_its_requirements_and_variants() -> None:
    cells = [(name, variant) for name in ("HOOK-2", "HOOK-3") for variant in ("flask-sync", "sanic-async")]
    text = printed(report(*(verdict(*cell, Outcome.FAILED) for cell in cells)), details=True).split("\n\n")[0]
    assert text.count("test_hook.py::test_it_runs_once") == 1
    assert text.count("HOOK-2 MUST") == text.count("HOOK-3 MUST") == 1
    assert text.count("✗ failed on flask-sync, sanic-async\n") == 1
    assert text.count("pytest conformance -k once") == 1


def test_what_differs_by_variant_is_told_by_variant() -> None:
    found = [
        verdict("HOOK-2", variant, Outcome.FAILED, incident(Outcome.FAILED, reason=variant, reproduce=f"run {variant}"))
        for variant in ("flask-sync", "sanic-async")
    ]
    text = printed(report(*found), details=True)
    assert "  ✗ failed on flask-sync\n    flask-sync\n    run it again:\nrun flask-sync\n" in text
    assert "  ✗ failed on sanic-async\n    sanic-async\n    run it again:\nrun sanic-async\n" in text


def test_each_variant_of_one_occurrence_has_its_command() -> None:
    found = [
        verdict("HOOK-2", variant, Outcome.FAILED, incident(Outcome.FAILED, reproduce=f"run {variant}"))
        for variant in ("flask-sync", "sanic-async")
    ]
    assert "    run it again:\nrun flask-sync\nrun sanic-async\n" in printed(report(*found), details=True)


def test_the_worst_findings_come_first() -> None:
    found = [
        verdict(name, "flask-sync", outcome, incident(outcome, f"check {outcome}"))
        for name, outcome in [("HOOK-2", Outcome.KNOWN), ("HOOK-3", Outcome.FAILED), ("HOOK-10", Outcome.UNVERIFIED)]
    ]
    text = printed(report(*found), details=True)
    assert re.findall(r"^check (\w+)$", text, re.M) == ["failed", "unverified", "known"]


def test_the_worst_occurrence_of_a_check_comes_first() -> None:
    found = [verdict("HOOK-2", "flask-sync", Outcome.KNOWN), verdict("HOOK-2", "sanic-async", Outcome.FAILED)]
    text = printed(report(*found), details=True)
    assert re.findall(r"^  (. \w+) on", text, re.M) == ["✗ failed", "~ known"]


def test_checks_that_passed_are_no_findings() -> None:
    passed, failed = incident(Outcome.PASSED, "the good one"), incident(Outcome.FAILED, "the bad one")
    text = printed(report(verdict("HOOK-2", "flask-sync", Outcome.FAILED, passed, failed)), details=True)
    assert "the bad one" in text
    assert "the good one" not in text


def test_a_verdict_without_evidence_is_told_all_the_same() -> None:
    bare = verdict("HOOK-2", "flask-sync", Outcome.UNVERIFIED, incident(Outcome.PASSED))
    text = printed(report(bare), details=True)
    assert "test_hook.py::test_it_runs_once\n  HOOK-2 MUST" in text
    assert "  ? unverified on flask-sync\n    the run noted no evidence for this verdict\n" in text
    assert "run it again" not in text


def test_only_the_end_of_a_long_log_is_printed() -> None:
    log = "".join(f"line {number}.\n" for number in range(LOG_TAIL + 5))
    text = printed(one_bad(Outcome.FAILED, log=log), details=True)
    assert f"server log, the last {LOG_TAIL} of {LOG_TAIL + 5} lines:" in text
    assert "| line 4." not in text
    assert "| line 5." in text
    assert f"| line {LOG_TAIL + 4}." in text


@pytest.mark.parametrize("width", [20, 120])
def test_the_command_stands_on_one_line_however_long(width: int) -> None:
    command = "pytest 'conformance/checks/test_hook.py::test_it_runs_once[flask-sync]' " + "--option=value " * 20 + "-x"
    assert command in printed(one_bad(Outcome.FAILED, reproduce=command), width, details=True).splitlines()


def test_texts_from_outside_are_no_markup() -> None:
    texts = {
        "check": "test_x[red]",
        "reason": "[bold]loud[/bold] [/nothing] :smile: [link=https://example.org]x[/link]",
        "log": "INFO [2026] [/] done",
        "exchanges": ("GET /[a] HTTP/1.1",),
        "reproduce": "pytest 'test_x[flask-sync]'",
    }
    text = printed(
        one_bad(Outcome.FAILED, **texts), details=True, force_terminal=True, color_system="standard", no_color=False
    )
    for outside in (*(texts[name] for name in ("check", "reason", "log", "reproduce")), "GET /[a] HTTP/1.1"):
        assert str(outside) in text


def test_texts_from_outside_cannot_control_the_terminal() -> None:
    reason = "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2Jgone \rover \u202eback \udce9"
    text = printed(one_bad(Outcome.FAILED, reason=reason), details=True)
    assert r"    red \x1b]0;title\x07 gone \rover \u202eback \udce9" in text.splitlines()


def test_what_is_known_is_told_by_its_signature_once_for_all_variants_without_exchange_and_log() -> None:
    shown = [
        verdict("HOOK-2", variant, Outcome.KNOWN, incident(Outcome.KNOWN, reason="known: slow", log=variant))
        for variant in ("flask-sync", "sanic-async")
    ]
    text = printed(report(*shown), details=True)
    assert "  ~ known on flask-sync, sanic-async\n    known: slow\n    run it again:" in text
    assert "server log" not in text
