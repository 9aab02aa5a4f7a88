"""The matrix on the terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from conformance.judging.failure import Failure, Kind
from conformance.judging.verdict import UNEXPLAINED, Outcome, Verdict
from matrix.header import Mutants, Selection
from matrix.report import Report
from matrix.terminal import MOST_LINES, console_for, show
from tests.matrix.samples import EVERY_VARIANT, PLACE, header, incident, one_bad, printed, report, verdict

COLOURS = {
    Outcome.PASSED: "\x1b[32m",
    Outcome.KNOWN: "\x1b[36m",
    Outcome.WARNED: "\x1b[33m",
    Outcome.BLOCKED: "\x1b[33m",
    Outcome.UNVERIFIED: "\x1b[35m",
    Outcome.FAILED: "\x1b[31m",
}
AT_FULL = "conforms at level full"
NOT_AT_FULL = "does not conform at level full (exit code 1)"
BUT_KNOWN = f"{AT_FULL}, but for what its ledger lists"
SIGNS = {
    Outcome.KNOWN: "~",
    Outcome.WARNED: "!",
    Outcome.BLOCKED: "-",
    Outcome.UNVERIFIED: "?",
    Outcome.FAILED: "✗",
}


def row(text: str, name: str) -> list[str]:
    return next(line.split()[1:] for line in text.splitlines() if line.startswith(f"{name} "))


def wide(outcome: Outcome, requirements: int = 90) -> Report:
    names = [f"APPLICATION-{number}" for number in range(requirements)]
    found = [verdict(name, variant, outcome) for name in names[:1] for variant in EVERY_VARIANT]
    found += [verdict(name, variant) for name in names[1:] for variant in EVERY_VARIANT]
    return report(*found, about=header(EVERY_VARIANT, names))


def test_a_report_says_what_its_checks_are_worth_where_that_is_known() -> None:
    about = replace(header(("flask-sync",), ["HOOK-2"]), mutants=Mutants(killed=2, of=3, checks=1))
    lines = printed(report(verdict("HOOK-2", "flask-sync"), about=about)).splitlines()
    place = next(number for number, line in enumerate(lines) if line.endswith("Python 3.11.7"))
    assert lines[place + 1].rstrip() == "its checks kill 2 of 3 mutants"
    both = printed(report(verdict("HOOK-2", "flask-sync"), about=replace(about, variations=4)))
    assert both.splitlines()[place + 2].rstrip() == "none of its checks fails for 4 permitted variations"


def test_a_report_that_conforms_reads_as_the_readme_shows_it() -> None:
    names = ["SERVICE-1", "HOOK-2", "HOOK-3"]
    found = [verdict(name, variant) for name in names for variant in ("flask-sync", "sanic-async")]
    text = printed(report(*found, about=header(requirements=names, page=["SERVICE-1"])))
    assert [line.rstrip() for line in text.splitlines()] == [
        "report: reports/reference/report.json",
        "printed again by: nox -s matrix -- show reports/reference/report.json",
        "seed: 7 (--seed 7 draws the same values again)",
        "",
        "reference (utilmeta-reference 0.2.0) judged by utilmeta-conformance 0.1.0, contract edition 1, Python 3.11.7",
        "page 1/1, guides 1/1, full 3/3",
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
        f"{AT_FULL}: 6 verdicts on 2 variants, nothing unverified",
    ]


def test_chapters_are_in_the_order_of_the_contract() -> None:
    text = printed(report(about=header(requirements=["SERVICE-1", "ASYNC-1", "HOOK-1", "SERVICE-2"])))
    assert re.findall(r"^(SERVICE|ASYNC|HOOK) ", text, re.M) == ["SERVICE", "ASYNC", "HOOK"]


@pytest.mark.parametrize("outcome", SIGNS)
def test_a_cell_that_did_not_pass_says_so_without_colour(outcome: Outcome) -> None:
    text = printed(one_bad(outcome))
    assert row(text, "HOOK") == [f"1/2{SIGNS[outcome]}"]
    assert row(text, "total") == ["1/2"]
    assert re.search(rf"^ +{re.escape(SIGNS[outcome])} 1 *$", text, re.M)


def test_a_cell_has_the_sign_of_the_worst_and_the_total_counts_each_the_worst_first() -> None:
    names = [f"HOOK-{number}" for number in range(1, 7)]
    found = [verdict(name, "flask-sync", outcome) for name, outcome in zip(names, Outcome, strict=True)]
    text = printed(report(*found, about=header(["flask-sync"], names)))
    assert row(text, "HOOK") == ["1/6✗"]
    assert re.search(r"total +1/6 *\n +✗ 1 *\n +\? 1 *\n +- 1 *\n +! 1 *\n +~ 1 *\n", text)


@pytest.mark.parametrize("outcome", Outcome)
def test_a_count_has_the_colour_of_the_worst_outcome(outcome: Outcome) -> None:
    about = header(["flask-sync"], ["HOOK-2"])
    found = one_bad(outcome) if outcome is not Outcome.PASSED else report(verdict("HOOK-2", "flask-sync"), about=about)
    text = printed(found, force_terminal=True, color_system="standard", no_color=False)
    count = "1" if outcome is Outcome.PASSED else f"1/2{re.escape(SIGNS[outcome])}"
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
    about = header(["flask-sync", "sanic-async"], ["HOOK-2"], applies=["sanic-async"])
    text = printed(report(verdict("HOOK-2", "sanic-async"), about=about))
    assert row(text, "HOOK") == ["·", "1"]
    assert "· no requirement of this chapter applies here" in text


def test_what_was_not_selected_is_left_out_and_does_not_read_as_if_it_did_not_apply() -> None:
    about = header(["flask-sync", "sanic-async", "tornado-sync"], ["HOOK-2", "SERVICE-1"])
    about = replace(about, selection=Selection(checks=("-k once",)))
    text = printed(report(verdict("HOOK-2", "sanic-async"), verdict("SERVICE-1", "flask-sync"), about=about))
    assert [line.split()[1:] for line in text.splitlines() if line.startswith(("HOOK", "SERVICE"))] == [["1"], ["1"]]
    assert "tornado" not in text
    assert "·" not in text
    assert "a part only: checks -k once" in text


def test_what_is_not_offered_is_named_counted_and_neither_red_nor_green() -> None:
    names = ["HOOK-2", "HOOK-3", "SERVICE-1"]
    needs = {"HOOK-3": ("redis",), "SERVICE-1": ("redis",)}
    about = header(["flask-sync"], names, page=["HOOK-2"], needs=needs, not_offered=(("redis",), ("sanic", "tornado")))
    text = printed(report(verdict("HOOK-2", "flask-sync"), about=about))
    assert "\nnot offered: redis; sanic, tornado\n" in text
    assert "\npage 1/1, guides 1/1, full 1/3\n" in text
    assert (row(text, "HOOK"), row(text, "SERVICE"), row(text, "total")) == (["1/2o"], ["0/1o"], ["1/3"])
    assert "o not offered by the implementation" in text
    assert text.splitlines()[-1] == f"{AT_FULL}, of what it offers: 1 verdict on 1 variant, nothing unverified"


def test_without_a_feature_that_the_page_promises_nothing_conforms() -> None:
    names = ["HOOK-2", "HOOK-3"]
    about = header(
        ["flask-sync"], names, level="page", page=names, needs={"HOOK-3": ("orm",)}, not_offered=(("orm",), ())
    )
    found = report(verdict("HOOK-2", "flask-sync"), about=about)
    assert found.footer.exit_code == 1
    text = printed(found)
    assert "\npage 1/2\n" in text
    assert text.splitlines()[-1] == (
        "does not conform at level page, of what it offers (exit code 1): 1 verdict on 1 variant, 0 failed, "
        "nothing unverified; the page promises what is not offered: HOOK-3"
    )


@pytest.mark.parametrize("outcome", SIGNS)
def test_the_legend_holds_only_what_occurs(outcome: Outcome) -> None:
    text = printed(one_bad(outcome))
    meanings = {
        Outcome.FAILED: "✗ failed\n",
        Outcome.WARNED: "! warned: a SHOULD",
        Outcome.BLOCKED: "- blocked: another promise",
        Outcome.KNOWN: "~ known: a divergence",
        Outcome.UNVERIFIED: "? unverified: skipped",
    }
    assert [each for each, meaning in meanings.items() if f"\n{meaning}" in text] == [outcome]


def test_there_is_no_legend_when_all_passed() -> None:
    text = printed(report(verdict("HOOK-2", "flask-sync"), about=header(["flask-sync"], ["HOOK-2"])))
    assert text.split("total", 1)[1].split("\n\n", 1)[1] == (
        "7 checks controlled by the oracle, 5 exempt because they need more than HTTP\n"
        f"{AT_FULL}: 1 verdict on 1 variant, nothing unverified\n"
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
    narrow = printed(wide(Outcome.FAILED), width, details=True)
    matrices = [line for line in narrow.splitlines() if line.startswith(("APPLICATION ", "total ", "────"))]
    assert narrow.count("\ntotal") > 1
    assert max(map(len, matrices)) <= width
    cells = [cell for line in matrices if line.startswith("APPLICATION") for cell in line.split()[1:]]
    assert cells == row(text, "APPLICATION")


def test_a_console_narrower_than_one_column_cuts_nothing_off() -> None:
    text = printed(wide(Outcome.FAILED), 5, details=True)
    assert text.split("judged by")[1].count("89/90") == 1 + 24  # the first of them is a figure
    assert "…" not in text


def test_the_same_report_gives_the_same_text() -> None:
    assert printed(wide(Outcome.WARNED)) == printed(wide(Outcome.WARNED))


FAILURE = Failure(Kind.STATUS, "", "404", "200")


def failed(requirement: str, variant: str = "flask-sync", failure: Failure = FAILURE, **changed: object) -> Verdict:
    broken = incident(Outcome.FAILED, **{"failure": failure, **changed})  # type: ignore[arg-type]
    return verdict(requirement, variant, Outcome.FAILED, broken)


def test_a_report_says_files_causes_what_to_mend_first_the_matrix_and_the_verdict_in_this_order() -> None:
    other = Failure(Kind.HEADER, "allow", "GET", "nothing")
    names = ["SERVICE-1", "HOOK-2", "HOOK-3", "HOOK-10"]
    found = [failed("SERVICE-1"), failed("HOOK-2"), failed("HOOK-3", failure=other), verdict("HOOK-10", "flask-sync")]
    text = printed(report(*found, about=header(["flask-sync"], names, page=["HOOK-3"])))
    assert [line.rstrip() for line in text.splitlines()] == [
        "report: reports/reference/report.json",
        "details, a file for each check that did not pass: reports/reference/details",
        "printed again by: nox -s matrix -- show reports/reference/report.json",
        "seed: 7 (--seed 7 draws the same values again)",
        "",
        "2 causes, the one behind most verdicts first:",
        "  status: expected 404, came 200: 2 verdicts of 2 requirements; the first: SERVICE-1",
        "  header allow: expected GET, came nothing: 1 verdict of 1 requirement; the first: HOOK-3",
        "",
        "mend this first: header allow: expected GET, came nothing",
        "  verdicts that turn green by it alone: 1 of the page, 1 in all",
        "  HOOK-3 MUST  The promise of HOOK-3 holds.",
        "  run it again: pytest conformance -k once",
        "  details: reports/reference/details/test_hook.test_it_runs_once.txt",
        "",
        "reference (utilmeta-reference 0.2.0) judged by utilmeta-conformance 0.1.0, contract edition 1, Python 3.11.7",
        "page 0/1, guides 0/1, full 1/4",
        "",
        "        flask",
        "         sync",
        "─────────────",
        "SERVICE  0/1✗",
        "HOOK     1/3✗",
        "─────────────",
        "total     1/4",
        "          ✗ 3",
        "",
        "✗ failed",
        "",
        "7 checks controlled by the oracle, 5 exempt because they need more than HTTP",
        "does not conform at level full (exit code 1): 4 verdicts on 1 variant, 3 failed, nothing unverified",
    ]


def test_ten_causes_are_told_and_a_file_holds_the_others() -> None:
    names = [f"HOOK-{number}" for number in range(13)]
    found = [failed(name, failure=replace(FAILURE, came=name)) for name in names]
    text = printed(report(*found, about=header(["flask-sync"], names)))
    assert text.count("1 verdict of 1 requirement; the first: ") == 10
    assert "\n  and 3 more in reports/reference/details/causes.txt\n" in text


def test_a_long_cause_has_a_line_for_its_sentence_and_one_for_its_count() -> None:
    text = printed(report(failed("HOOK-2", failure=replace(FAILURE, came="x" * 500))), width=80)
    assert re.search(r"^  status: expected 404, came x{30,} \.\.\.\n    1 verdict of 1 requirement; ", text, re.M)


def test_a_failure_that_the_ledger_lists_otherwise_is_told_from_a_new_one() -> None:
    text = printed(report(failed("HOOK-2", listed=True), failed("HOOK-3", failure=replace(FAILURE, came="500"))))
    assert "most verdicts first (1 verdict that the ledger lists, but in another way):" in text


@pytest.mark.parametrize(
    ("outcome", "changed", "said"),
    [
        (
            Outcome.UNVERIFIED,
            {"reason": "no redis\nat all"},
            "unverified: 2 verdicts; the first: HOOK-2 on flask-sync: no redis at all",
        ),
        (Outcome.WARNED, {}, "warned: 2 verdicts; the first: HOOK-2 on flask-sync: it ran twice"),
        (Outcome.KNOWN, {"why": "Slow."}, "known: 2 verdicts; the first: HOOK-2 on flask-sync: Slow."),
        (
            Outcome.PASSED,
            {"mended": True},
            "mended: 2 verdicts; the first: HOOK-2 on flask-sync: take the entry away, or --write-ledger",
        ),
    ],
)  # fmt: skip
def test_what_is_no_failure_has_a_line_with_a_count_and_the_first(
    outcome: Outcome, changed: dict[str, object], said: str
) -> None:
    broken = incident(outcome, **changed)  # type: ignore[arg-type]
    text = printed(report(*(verdict(name, "flask-sync", outcome, broken) for name in ("HOOK-2", "HOOK-3"))))
    assert f"\n{said}\n" in text
    assert "the one behind most verdicts" not in text
    assert "mend this first" not in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_whatever_fails_a_report_is_shown_in_few_lines(width: int) -> None:
    chapters = [f"CHAPTER{letter}-{number}" for letter in "ABCDEFGHIJKLMNOPQRST" for number in range(6)]
    found = [
        verdict(
            name, variant, outcome, incident(outcome, f"test_a.py::test_{name}", failure=replace(FAILURE, came=name))
        )
        for name, outcome in zip(chapters, [*Outcome] * 20, strict=True)
        for variant in EVERY_VARIANT
    ]
    text = printed(report(*found, about=header(EVERY_VARIANT, chapters, page=chapters)), width)
    assert len(text.splitlines()) <= MOST_LINES
    assert ("CHAPTERA" in text.split("judged by")[1]) == (width == 120)
    assert (f"the chapters: nox -s matrix -- show {PLACE} --details" in text) == (width != 120)
    assert "CHAPTERA" in printed(report(*found, about=header(EVERY_VARIANT, chapters)), width, details=True)


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ("PP", f"{AT_FULL}: 2 verdicts on 1 variant, nothing unverified"),
        ("PW", f"{AT_FULL}: 2 verdicts on 1 variant, nothing unverified, 1 warned"),
        ("PWK", f"{BUT_KNOWN}: 3 verdicts on 1 variant, nothing unverified, 1 warned, 1 known"),
        ("PB", f"{NOT_AT_FULL}: 2 verdicts on 1 variant, 0 failed, nothing unverified, 1 blocked"),
        ("PF", f"{NOT_AT_FULL}: 2 verdicts on 1 variant, 1 failed, nothing unverified"),
        (
            "FFUK",
            "does not conform at level full (exit code 1): 4 verdicts on 1 variant, 2 failed, 1 unverified, 1 known",
        ),
        ("PU", "unverified at level full (exit code 3): 2 verdicts on 1 variant, nothing failed, 1 unverified"),
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


def test_a_run_of_a_part_says_so_at_the_top() -> None:
    chosen = Selection(backends=("flask", "sanic"), requirements=("HOOK-3",))
    text = printed(report(verdict("HOOK-3", "flask-sync"), about=header(selection=chosen)))
    assert "\na part only: backend flask, sanic; requirement HOOK-3\n" in text
    assert "at level full, a part only" in text.splitlines()[-1]
    assert "a part only" not in printed(report())


def test_a_stream_without_the_signs_in_its_encoding_gets_escapes_not_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    show(one_bad(Outcome.FAILED), console_for(stream), PLACE)
    stream.flush()
    assert rb"\u2717 failed" in raw.getvalue()


def test_a_file_is_120_columns_wide_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    assert console_for(io.StringIO()).width == 120
