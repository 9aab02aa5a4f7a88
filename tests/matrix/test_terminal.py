"""The matrix on the terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from conformance.judging.verdict import UNEXPLAINED, Outcome
from matrix.findings import LOG_TAIL
from matrix.header import Mutants, Selection
from matrix.report import Report
from matrix.terminal import console_for, show, summary
from tests.matrix.samples import EVERY_VARIANT, header, incident, printed, report, verdict

COLOURS = {
    Outcome.PASSED: "\x1b[32m",
    Outcome.KNOWN: "\x1b[36m",
    Outcome.WARNED: "\x1b[33m",
    Outcome.UNVERIFIED: "\x1b[35m",
    Outcome.FAILED: "\x1b[31m",
}
BUT_KNOWN = "conforms but for what its ledger lists"
SIGNS = {Outcome.KNOWN: "~ 1", Outcome.WARNED: "! 1", Outcome.UNVERIFIED: "? 1", Outcome.FAILED: "✗ 1"}


def row(text: str, name: str) -> list[str]:
    return next(line.split()[1:] for line in text.splitlines() if line.startswith(f"{name} "))


def one_bad(outcome: Outcome, **changed: object) -> Report:
    bad = verdict("HOOK-3", "flask-sync", outcome, incident(outcome, **changed))  # type: ignore[arg-type]
    return report(verdict("HOOK-2", "flask-sync"), bad)


def wide(outcome: Outcome, requirements: int = 150) -> Report:
    names = [f"APPLICATION-{number}" for number in range(requirements)]
    found = [verdict(name, variant, outcome) for name in names[:1] for variant in EVERY_VARIANT]
    found += [verdict(name, variant) for name in names[1:] for variant in EVERY_VARIANT]
    return report(*found, about=header(EVERY_VARIANT, names))


def test_a_report_says_what_its_checks_are_worth_where_that_is_known() -> None:
    about = replace(header(("flask-sync",), ["HOOK-2"]), mutants=Mutants(killed=2, of=3, checks=1))
    first, second, *_ = printed(report(verdict("HOOK-2", "flask-sync"), about=about)).splitlines()
    assert first.endswith("Python 3.11.7")
    assert second.rstrip() == "its checks kill 2 of 3 mutants"


def test_a_report_that_conforms_reads_as_the_readme_shows_it() -> None:
    names = ["SERVICE-1", "HOOK-2", "HOOK-3"]
    cells = [(name, variant) for name in names for variant in ("flask-sync", "sanic-async")]
    assert [line.rstrip() for line in printed(report(*(verdict(*cell) for cell in cells))).splitlines()] == [
        "reference (utilmeta-reference 0.2.0) judged by utilmeta-conformance 0.1.0, contract edition 1, Python 3.11.7",
        "",
        "        flask sanic",
        "         sync async",
        "───────────────────",
        "SERVICE     1     1",
        "HOOK        2     2",
        "───────────────────",
        "total       3     3",
        "",
        "7 checks controlled by the oracle, 5 exempt because they need more than HTTP",
        "conforms: 6 verdicts on 2 variants, nothing unverified",
    ]


def test_chapters_are_in_the_order_of_the_contract() -> None:
    text = printed(report(about=header(requirements=["SERVICE-1", "ASYNC-1", "HOOK-1", "SERVICE-2"])))
    assert re.findall(r"^(SERVICE|ASYNC|HOOK) ", text, re.M) == ["SERVICE", "ASYNC", "HOOK"]


@pytest.mark.parametrize("outcome", SIGNS)
def test_a_cell_that_did_not_pass_says_what_and_how_often_without_colour(outcome: Outcome) -> None:
    text = printed(one_bad(outcome))
    assert row(text, "HOOK") == ["1/2", "·"]
    assert row(text, "total") == ["1/2", "·"]
    assert text.count(SIGNS[outcome]) == 2
    assert not any(sign in text for other, sign in SIGNS.items() if other is not outcome)


def test_a_cell_names_each_kind_that_did_not_pass_the_worst_first() -> None:
    names = [f"HOOK-{number}" for number in range(1, 6)]
    found = [verdict(name, "flask-sync", outcome) for name, outcome in zip(names, Outcome, strict=True)]
    text = printed(report(*found, about=header(["flask-sync"], names)))
    assert re.search(r"HOOK +1/5 *\n +✗ 1 *\n +\? 1 *\n +! 1 *\n +~ 1 *\n", text)


@pytest.mark.parametrize("outcome", Outcome)
def test_a_count_has_the_colour_of_the_worst_outcome(outcome: Outcome) -> None:
    found = one_bad(outcome) if outcome is not Outcome.PASSED else report(verdict("HOOK-2", "flask-sync"))
    text = printed(found, force_terminal=True, color_system="standard", no_color=False)
    count = "1" if outcome is Outcome.PASSED else "1/2"
    assert re.search(rf"HOOK[^\n]*{re.escape(COLOURS[outcome])} *{count}\x1b", text)


def test_without_colour_the_text_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    found = one_bad(Outcome.FAILED, log="a log")
    coloured = printed(found, force_terminal=True, color_system="truecolor", no_color=False)
    monkeypatch.setenv("NO_COLOR", "1")
    uncoloured = printed(found, force_terminal=True, color_system="truecolor")
    assert "\x1b[31m" in coloured
    assert "\x1b[31m" not in uncoloured
    assert {re.sub(r"\x1b\[[0-9;]*m", "", text) for text in (coloured, uncoloured)} == {printed(found)}


def test_a_chapter_without_requirement_on_a_variant_is_a_dot_with_its_legend() -> None:
    text = printed(report(verdict("HOOK-2", "sanic-async")))
    assert row(text, "HOOK") == ["·", "1"]
    assert "· no requirement of this chapter applies here" in text


@pytest.mark.parametrize("outcome", SIGNS)
def test_the_legend_holds_only_what_occurs(outcome: Outcome) -> None:
    text = printed(one_bad(outcome))
    meanings = {
        Outcome.FAILED: "✗ failed\n",
        Outcome.WARNED: "! warned: a SHOULD",
        Outcome.KNOWN: "~ known: a divergence",
        Outcome.UNVERIFIED: "? unverified: skipped",
    }
    assert [each for each, meaning in meanings.items() if f"\n{meaning}" in text] == [outcome]


def test_there_is_no_legend_when_all_passed() -> None:
    text = printed(report(verdict("HOOK-2", "flask-sync"), about=header(["flask-sync"], ["HOOK-2"])))
    assert text.split("total", 1)[1].split("\n\n", 1)[1] == (
        "7 checks controlled by the oracle, 5 exempt because they need more than HTTP\n"
        "conforms: 1 verdict on 1 variant, nothing unverified\n"
    )


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.FAILED])
def test_twelve_variants_fit_side_by_side_in_120_columns(outcome: Outcome) -> None:
    text = printed(wide(outcome))
    assert max(map(len, text.split("\ntotal")[0].splitlines())) <= 120
    assert len(row(text, "APPLICATION")) == 12
    assert text.count("\ntotal") == 1
    assert "…" not in text


@pytest.mark.parametrize("width", [80, 40, 24])
def test_a_narrow_console_gets_the_same_columns_in_several_matrices(width: int) -> None:
    text = printed(wide(Outcome.FAILED))
    narrow = printed(wide(Outcome.FAILED), width)
    matrices = [line for line in narrow.splitlines() if line.startswith(("APPLICATION ", "total ", "────"))]
    assert narrow.count("\ntotal") > 1
    assert max(map(len, matrices)) <= width
    cells = [cell for line in matrices if line.startswith("APPLICATION") for cell in line.split()[1:]]
    assert cells == row(text, "APPLICATION")


def test_a_console_narrower_than_one_column_cuts_nothing_off() -> None:
    text = printed(wide(Outcome.FAILED), 5)
    assert text.count("149/150") == 24
    assert "…" not in text


def test_the_same_report_gives_the_same_text() -> None:
    assert printed(wide(Outcome.WARNED)) == printed(wide(Outcome.WARNED))


def test_a_finding_tells_requirement_variant_reason_log_exchange_and_command() -> None:
    found = one_bad(Outcome.FAILED, log="boot\ncrash\n", exchanges=("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 500\r\n"))
    assert printed(found).split("applies here\n\n", 1)[1].splitlines() == [
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
        "",
        "7 checks controlled by the oracle, 5 exempt because they need more than HTTP",
        "does not conform (exit code 1): 2 verdicts on 1 variant, 1 failed, nothing unverified",
    ]


def test_a_summary_is_the_same_without_the_findings() -> None:
    found, stream = one_bad(Outcome.FAILED), io.StringIO()
    summary(found, Console(file=stream, width=120, force_terminal=False))
    before, rest = printed(found).split("test_hook.py::", 1)
    assert stream.getvalue() == before + rest.rsplit("\n\n", 1)[1]


def test_a_check_is_told_once_for_all_its_requirements_and_variants() -> None:
    cells = [(name, variant) for name in ("HOOK-2", "HOOK-3") for variant in ("flask-sync", "sanic-async")]
    text = printed(report(*(verdict(*cell, Outcome.FAILED) for cell in cells)))
    assert text.count("test_hook.py::test_it_runs_once") == 1
    assert text.count("HOOK-2 MUST") == text.count("HOOK-3 MUST") == 1
    assert text.count("✗ failed on flask-sync, sanic-async\n") == 1
    assert text.count("pytest conformance -k once") == 1


def test_what_differs_by_variant_is_told_by_variant() -> None:
    found = [
        verdict("HOOK-2", variant, Outcome.FAILED, incident(Outcome.FAILED, reason=variant, reproduce=f"run {variant}"))
        for variant in ("flask-sync", "sanic-async")
    ]
    text = printed(report(*found))
    assert "  ✗ failed on flask-sync\n    flask-sync\n    run it again:\nrun flask-sync\n" in text
    assert "  ✗ failed on sanic-async\n    sanic-async\n    run it again:\nrun sanic-async\n" in text


def test_each_variant_of_one_occurrence_has_its_command() -> None:
    found = [
        verdict("HOOK-2", variant, Outcome.FAILED, incident(Outcome.FAILED, reproduce=f"run {variant}"))
        for variant in ("flask-sync", "sanic-async")
    ]
    assert "    run it again:\nrun flask-sync\nrun sanic-async\n" in printed(report(*found))


def test_the_worst_findings_come_first() -> None:
    found = [
        verdict(name, "flask-sync", outcome, incident(outcome, f"check {outcome}"))
        for name, outcome in [("HOOK-2", Outcome.KNOWN), ("HOOK-3", Outcome.FAILED), ("HOOK-10", Outcome.UNVERIFIED)]
    ]
    text = printed(report(*found))
    assert re.findall(r"^check (\w+)$", text, re.M) == ["failed", "unverified", "known"]


def test_the_worst_occurrence_of_a_check_comes_first() -> None:
    found = [verdict("HOOK-2", "flask-sync", Outcome.KNOWN), verdict("HOOK-2", "sanic-async", Outcome.FAILED)]
    text = printed(report(*found))
    assert re.findall(r"^  (. \w+) on", text, re.M) == ["✗ failed", "~ known"]


def test_checks_that_passed_are_no_findings() -> None:
    passed, failed = incident(Outcome.PASSED, "the good one"), incident(Outcome.FAILED, "the bad one")
    text = printed(report(verdict("HOOK-2", "flask-sync", Outcome.FAILED, passed, failed)))
    assert "the bad one" in text
    assert "the good one" not in text


def test_a_verdict_without_evidence_is_told_all_the_same() -> None:
    bare = verdict("HOOK-2", "flask-sync", Outcome.UNVERIFIED, incident(Outcome.PASSED))
    text = printed(report(bare))
    assert "test_hook.py::test_it_runs_once\n  HOOK-2 MUST" in text
    assert "  ? unverified on flask-sync\n    the run noted no evidence for this verdict\n" in text
    assert "run it again" not in text


def test_only_the_end_of_a_long_log_is_printed() -> None:
    log = "".join(f"line {number}.\n" for number in range(LOG_TAIL + 5))
    text = printed(one_bad(Outcome.FAILED, log=log))
    assert f"server log, the last {LOG_TAIL} of {LOG_TAIL + 5} lines:" in text
    assert "| line 4." not in text
    assert "| line 5." in text
    assert f"| line {LOG_TAIL + 4}." in text


@pytest.mark.parametrize("width", [20, 120])
def test_the_command_stands_on_one_line_however_long(width: int) -> None:
    command = "pytest 'conformance/checks/test_hook.py::test_it_runs_once[flask-sync]' " + "--option=value " * 20 + "-x"
    assert command in printed(one_bad(Outcome.FAILED, reproduce=command), width).splitlines()


def test_texts_from_outside_are_no_markup() -> None:
    texts = {
        "check": "test_x[red]",
        "reason": "[bold]loud[/bold] [/nothing] :smile: [link=https://example.org]x[/link]",
        "log": "INFO [2026] [/] done",
        "exchanges": ("GET /[a] HTTP/1.1",),
        "reproduce": "pytest 'test_x[flask-sync]'",
    }
    text = printed(one_bad(Outcome.FAILED, **texts), force_terminal=True, color_system="standard", no_color=False)
    for outside in (*(texts[name] for name in ("check", "reason", "log", "reproduce")), "GET /[a] HTTP/1.1"):
        assert str(outside) in text


def test_texts_from_outside_cannot_control_the_terminal() -> None:
    reason = "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2Jgone \rover \u202eback \udce9"
    text = printed(one_bad(Outcome.FAILED, reason=reason))
    assert r"    red \x1b]0;title\x07 gone \rover \u202eback \udce9" in text.splitlines()


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ("PP", "conforms: 2 verdicts on 1 variant, nothing unverified"),
        ("PW", "conforms: 2 verdicts on 1 variant, nothing unverified, 1 warned"),
        ("PWK", f"{BUT_KNOWN}: 3 verdicts on 1 variant, nothing unverified, 1 warned, 1 known"),
        ("PF", "does not conform (exit code 1): 2 verdicts on 1 variant, 1 failed, nothing unverified"),
        ("FFUK", "does not conform (exit code 1): 4 verdicts on 1 variant, 2 failed, 1 unverified, 1 known"),
        ("PU", "unverified (exit code 3): 2 verdicts on 1 variant, nothing failed, 1 unverified"),
        ("", "unverified (exit code 3): there is no verdict at all, nothing was checked"),
    ],
)
def test_the_last_line_says_what_the_exit_code_means(outcomes: str, said: str) -> None:
    by_letter = {outcome.name[0]: outcome for outcome in Outcome}
    names = [f"HOOK-{number}" for number in range(4)]
    found = [verdict(name, "flask-sync", by_letter[letter]) for name, letter in zip(names, outcomes, strict=False)]
    assert printed(report(*found, about=header(requirements=names))).splitlines()[-1] == said


def test_the_last_line_counts_what_is_known_and_not_explained() -> None:
    whys = {"HOOK-2": UNEXPLAINED, "HOOK-3": "It is slow.", "HOOK-10": UNEXPLAINED}
    found = [verdict(name, "flask-sync", Outcome.KNOWN, incident(Outcome.KNOWN, why=why)) for name, why in whys.items()]
    said = f"{BUT_KNOWN}: 3 verdicts on 1 variant, nothing unverified, 3 known, 2 of them not explained yet"
    assert printed(report(*found)).splitlines()[-1] == said


def test_what_is_known_is_told_by_its_signature_once_for_all_variants_without_exchange_and_log() -> None:
    shown = [
        verdict("HOOK-2", variant, Outcome.KNOWN, incident(Outcome.KNOWN, reason="known: slow", log=variant))
        for variant in ("flask-sync", "sanic-async")
    ]
    text = printed(report(*shown))
    assert "  ~ known on flask-sync, sanic-async\n    known: slow\n    run it again:" in text
    assert "server log" not in text


def test_a_run_of_a_part_says_so_at_the_top() -> None:
    chosen = Selection(backends=("flask", "sanic"), requirements=("HOOK-3",))
    text = printed(report(about=header(selection=chosen)))
    assert text.splitlines()[1] == "a part only: backend flask, sanic; requirement HOOK-3"
    assert "a part only" not in printed(report())


def test_a_stream_without_the_signs_in_its_encoding_gets_escapes_not_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    show(one_bad(Outcome.FAILED), console_for(stream))
    stream.flush()
    assert rb"\u2717 failed on flask-sync" in raw.getvalue()


def test_a_file_is_120_columns_wide_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    assert console_for(io.StringIO()).width == 120
