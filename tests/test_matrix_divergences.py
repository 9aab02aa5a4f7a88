"""The page of what an implementation diverges in."""

from __future__ import annotations

import pytest

from conformance.verdict import UNEXPLAINED, Evidence, Outcome, Verdict
from matrix.divergences import among, page
from matrix.report import Report
from tests.matrix_samples import BACKENDS, EVERY_VARIANT, evidence, header, report, verdict

COMMAND = "python -m matrix divergences report.json"


def known(came: str, why: str = UNEXPLAINED, link: str = "", expected: str = "a.status == 200") -> Evidence:
    return evidence(Outcome.KNOWN, expected=expected, came=came, why=why, link=link)


def rows(said: Report) -> list[list[str]]:
    """The cells of the rows that speak of requirements."""
    lines = [line for line in page(said, COMMAND).splitlines() if line.startswith("| **")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def one_row(*found: Verdict) -> list[str]:
    [row] = rows(report(*found))
    return row


def test_the_page_tells_who_was_judged_how_it_is_made_and_the_numbers_of_each_variant() -> None:
    found = report(
        verdict("HOOK-2", "flask-sync", Outcome.KNOWN),
        verdict("HOOK-2", "sanic-async"),
        verdict("HOOK-3", "flask-sync", Outcome.FAILED),
        verdict("HOOK-10", "flask-sync", Outcome.UNVERIFIED),
        verdict("SERVICE-1", "flask-sync", Outcome.WARNED),
    )
    text = page(found, COMMAND)
    assert text.startswith("# Where reference diverges from the contract\n\nutilmeta-reference 0.2.0, judged by ")
    assert f"`{COMMAND}`" in text
    assert "3 of 4 requirements are not kept on every variant: 3 of 5 verdicts, 1 of them known.\n" in text
    assert "| flask-sync | 0 | 1 | 1 | 1 | 1 |\n| sanic-async | 1 | 0 | 0 | 0 | 0 |\n" in text


def test_there_is_one_row_a_requirement_in_the_order_of_the_contract_and_none_for_what_is_kept() -> None:
    found = report(
        verdict("HOOK-3", "flask-sync", Outcome.KNOWN, known("1"), known("2"), known("3")),
        verdict("HOOK-3", "sanic-async", Outcome.FAILED),
        verdict("SERVICE-1", "flask-sync", Outcome.KNOWN),
        verdict("HOOK-2", "flask-sync"),
        verdict("HOOK-10", "flask-sync", Outcome.UNVERIFIED),
    )
    assert [row[0] for row in rows(found)] == [
        "**SERVICE-1** MUST The promise of SERVICE-1 holds.",
        "**HOOK-3** MUST The promise of HOOK-3 holds.",
    ]
    text = page(found, COMMAND)
    assert text.index("## SERVICE") < text.index("## HOOK")


def test_a_row_tells_the_commonest_signature_and_how_many_others_there_are() -> None:
    row = one_row(verdict("HOOK-2", "flask-sync", Outcome.KNOWN, known("500"), known("404"), known("404")))
    assert row[2] == "`404` instead of `a.status == 200`; 1 more"


def test_a_row_tells_every_reason_once_and_that_there_is_none_only_where_there_is_none() -> None:
    explained = [known("1", "Slow.", "https://example.com/1"), known("2", "Slow.", "https://example.com/1")]
    row = one_row(verdict("HOOK-2", "flask-sync", Outcome.KNOWN, *explained, known("3", "Wrong."), known("4")))
    assert row[3] == "[Slow.](https://example.com/1); Wrong."
    assert one_row(verdict("HOOK-2", "flask-sync", Outcome.KNOWN, known("1")))[3] == "not explained yet"
    assert one_row(verdict("HOOK-2", "flask-sync", Outcome.FAILED))[3] == "not explained yet"


def test_what_comes_from_outside_does_not_break_the_table() -> None:
    came = known("a|b `c`\n" + "x" * 200, "<b>|", expected="`y`")
    row = one_row(verdict("HOOK-2", "flask-sync", Outcome.KNOWN, came))
    assert row[2].startswith("`a\\|b 'c' xxx")
    assert row[2].endswith("x ...` instead of `'y'`")
    assert row[3] == "&lt;b>\\|"


def test_code_in_a_sentence_stays_as_it_is() -> None:
    about = header(["flask-sync"], ["HOOK-2"])
    sentence = about.requirements["HOOK-2"].sentence
    [row] = rows(report(verdict("HOOK-2", "flask-sync", Outcome.KNOWN, known("1", "`<p>` is <p>")), about=about))
    assert (row[0], row[3]) == (f"**HOOK-2** MUST {sentence}", "`<p>` is &lt;p>")


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (EVERY_VARIANT, "all"),
        ([f"{backend}-sync" for backend in BACKENDS], "sync"),
        (["flask-async", "flask-sync"], "flask"),
        (["tornado-async"], "tornado-async"),
        (["tornado-async", "flask-async", "flask-sync"], "flask, tornado-async"),
    ],
)
def test_variants_are_told_in_few_words(chosen: list[str], words: str) -> None:
    assert among(chosen, EVERY_VARIANT) == words
