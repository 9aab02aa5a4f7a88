"""The page of what an implementation diverges in."""

from __future__ import annotations

import pytest

from conformance.judging.failure import Failure, Kind
from conformance.judging.verdict import UNEXPLAINED, Incident, Outcome
from matrix.divergences import among, page
from matrix.report import Report
from tests.matrix.samples import BACKENDS, EVERY_VARIANT, incident, report, verdict

COMMAND = "python -m matrix divergences report.json"


def known(came: str, why: str = UNEXPLAINED, link: str = "", expected: str = "200") -> Incident:
    return incident(Outcome.KNOWN, failure=Failure(Kind.STATUS, "", expected, came), why=why, link=link)


def causes(said: Report) -> list[str]:
    """The paragraphs and the lines that speak of causes."""
    return [line for line in page(said, COMMAND).splitlines() if line.startswith(("**", "- "))]


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
    assert "| flask-sync | 3.1.3 | 0 | 1 | 1 | 1 | 1 |\n| sanic-async | 3.1.3 | 1 | 0 | 0 | 0 | 0 |\n" in text


def test_a_cause_of_several_requirements_is_told_once_with_them_in_the_order_of_the_contract() -> None:
    found = report(
        verdict("HOOK-3", "flask-sync", Outcome.KNOWN, known("1", "Slow."), known("2", "Slow.")),
        verdict("HOOK-3", "sanic-async", Outcome.KNOWN, known("1", "Slow.")),
        verdict("SERVICE-1", "flask-sync", Outcome.KNOWN, known("1", "Slow.")),
        verdict("SERVICE-1", "sanic-async"),
        verdict("HOOK-2", "flask-sync"),
        verdict("HOOK-10", "flask-sync", Outcome.UNVERIFIED),
    )
    assert causes(found) == ["**Slow.** On every variant, 3 verdicts: SERVICE-1 (sync), HOOK-3."]


def test_a_requirement_is_told_with_its_variants_where_they_are_not_all_of_the_cause_that_it_applies_to() -> None:
    found = report(
        verdict("HOOK-2", "flask-sync", Outcome.KNOWN, known("1", "Slow.")),
        verdict("HOOK-3", "flask-sync", Outcome.KNOWN, known("1", "Slow.")),
        verdict("HOOK-3", "sanic-async", Outcome.KNOWN, known("1", "Slow.")),
    )
    assert causes(found) == ["**Slow.** On every variant, 3 verdicts: HOOK-2, HOOK-3."]


def test_what_is_behind_most_of_a_variant_lists_no_requirements() -> None:
    names = ("SERVICE-1", "HOOK-2", "HOOK-3")
    broken = known("1", "Absent.", "https://example.com")
    found = report(
        *(verdict(name, "sanic-async", Outcome.KNOWN, broken) for name in names),
        *(verdict(name, "flask-sync") for name in names),
    )
    assert causes(found) == [
        "**[Absent.](https://example.com)** On every asynchronous variant, 3 verdicts, most of what is judged there."
    ]


def test_a_requirement_with_a_cause_of_its_own_has_a_line_in_the_order_of_the_contract() -> None:
    found = report(
        verdict(
            "HOOK-3", "flask-sync", Outcome.KNOWN, known("1", "Slow.", "https://example.com/1"), known("2", "Wrong.")
        ),
        verdict("SERVICE-1", "flask-sync", Outcome.KNOWN, known("1", "Absent.")),
        verdict("SERVICE-1", "sanic-async"),
    )
    assert causes(found) == [
        "- SERVICE-1 (sync): Absent.",
        "- HOOK-3: [Slow.](https://example.com/1)",
        "- HOOK-3: Wrong.",
    ]


def test_what_nobody_explained_is_told_by_its_commonest_failure_unless_something_else_is() -> None:
    found = report(
        verdict("HOOK-2", "flask-sync", Outcome.KNOWN, known("500"), known("404"), known("404")),
        verdict("HOOK-3", "flask-sync", Outcome.FAILED),
        verdict("HOOK-10", "flask-sync", Outcome.KNOWN, known("1", "Slow."), known("2")),
    )
    assert causes(found) == [
        "- HOOK-2: not explained yet: `status: expected 200, came 404`; 1 more",
        "- HOOK-3: not explained yet: no failure",
        "- HOOK-10: Slow.",
    ]


def test_what_comes_from_outside_does_not_break_the_page() -> None:
    came = known("a|b `c`\n" + "x" * 200, expected="`y`")
    [said] = causes(report(verdict("HOOK-2", "flask-sync", Outcome.KNOWN, came)))
    assert said.startswith("- HOOK-2: not explained yet: `status: expected 'y', came a\\|b 'c' xxx")
    assert said.endswith("x ...`")
    [said] = causes(report(verdict("HOOK-2", "flask-sync", Outcome.KNOWN, known("1", "`<p>` is\n<p>|"))))
    assert said == "- HOOK-2: `<p>` is &lt;p>\\|"


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("<b>", "&lt;b>"),
        ("a ` <b>", "a &#96; &lt;b>"),
        ("`` ` <b> ```", "&#96;&#96; &#96; &lt;b> &#96;&#96;&#96;"),
        ("`<b>` <i>", "`<b>` &lt;i>"),
        ("![x](http://tracker.example)", "!\\[x\\](http://tracker.example)"),
        ("a | b `|`", "a \\| b `\\|`"),
        ("&lt;b>", "&amp;lt;b>"),
        ("a\x1b[2J\x07\u2028b\n# c", "a\\\\x07 b # c"),
    ],
)
def test_a_reason_is_neither_html_nor_a_link_nor_an_escape_sequence(why: str, told: str) -> None:
    [said] = causes(report(verdict("HOOK-2", "flask-sync", Outcome.KNOWN, known("1", why))))
    assert said == f"- HOOK-2: {told}"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://example.com/) <b>", "https://a.example/|b"])
def test_a_link_that_is_none_is_text(link: str) -> None:
    [said] = causes(report(verdict("HOOK-2", "flask-sync", Outcome.KNOWN, known("1", "Slow.", link))))
    assert said.startswith("- HOOK-2: Slow. (")
    assert "](" not in said
    assert "<" not in said


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
