"""SECURITY-3 and SECURITY-10: paths and regexes, matched in a time that follows the length; constraints that hold."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest

from conformance.checks.library import require
from conformance.checks.problem import REFUSALS
from conformance.checks.random_values import number, word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

MOST_CHARACTERS = 256
LEVELS = 5
FORKS = 8
RARE = "z" * 40 + "q" + "z" * 40  # in security_regexes.py
# More segments than a stack of Python has frames, in a path that every server takes.
SEGMENTS = 3000
# By how much what is linear may seem to grow beside the work of a request, and what is not grows more.
GROWTH = 6


@pytest.fixture
def routes(target: Target) -> Service:
    return target.shared("security_regexes")


def letters(length: int) -> str:
    return "".join(string.ascii_lowercase[seeded_random.below(26)] for _ in range(length))


def spent(routes: Service, ask: Callable[[], Exchange]) -> float:
    """The seconds of CPU that the process uses for a request, at least a millisecond: the least of three."""

    def cpu() -> float:
        return float(routes.get("/api/cpu").members()["seconds"])

    def once() -> float:
        before = cpu()
        ask()
        return cpu() - before

    return max(min(once() for _ in range(3)), 0.001)


@must("SECURITY-3a", kills=("security_parameter_ends_at_the_last_text", "security_parameter_of_no_character"))
def test_a_parameter_ends_where_the_text_after_it_first_comes(routes: Service) -> None:
    a, b, c, d = (word() for _ in range(4))
    for sent, values in (
        (f"{a}-{b}-{c}.html", [a, b, c]),
        (f"{a}-{b}-{c}-{d}.html", [a, b, f"{c}-{d}"]),
        (f"-{a}-{b}-{c}.html", [f"-{a}", b, c]),
        (f"{a}--{b}-{c}.html", [a, f"-{b}", c]),
        (f"{a}-{b}-.html.html", [a, b, ".html"]),
        (f"{a}.html-{b}-{c}.html", [f"{a}.html", b, c]),
    ):
        assert result(routes.get(f"/api/date/{sent}")) == {"date": values}, sent
    for sent in (
        f"{a}-{b}-.html",
        f"{a}-{b}.html",
        f"-{b}-{c}.html",
        f"{a}-{b}-{c}.htm",
        f"{a}-{b}-{c}.html.",
        ".html",
    ):
        assert routes.get(f"/api/date/{sent}").status == 404


@must("SECURITY-3b", kills="security_templates_tried_again_and_again")
@pytest.mark.parametrize("end", ["", ".html"])
def test_a_template_takes_no_longer_than_a_segment_is_long(routes: Service, end: str) -> None:
    text = word()

    def ask(length: int) -> Callable[[], Exchange]:
        return lambda: routes.get(f"/api/date/{text}{'-' * length}{end}")

    assert spent(routes, ask(600)) < 2 * GROWTH * spent(routes, ask(60))


@must(
    "SECURITY-3c",
    kills=("security_segments_of_any_length", "security_segments_one_too_short", "security_segments_in_bytes"),
)
def test_a_regex_takes_segments_of_256_characters_at_most(routes: Service) -> None:
    text = letters(MOST_CHARACTERS)
    for taken in (text, "\u00e9" * MOST_CHARACTERS):
        assert result(routes.get(f"/api/code/{quote(taken)}")) == {"code": taken}
        assert routes.get(f"/api/code/{quote(taken)}0").status == 404
    digits = str(number())
    text = letters(MOST_CHARACTERS - 1 - len(digits))
    assert result(routes.get(f"/api/part/{text}-{digits}")) == {"part": [text, int(digits)]}
    assert routes.get(f"/api/part/{text}a-{digits}").status == 404


@must("SECURITY-3d", kills="security_regex_tried_again_and_again")
@pytest.mark.parametrize(("path", "end"), [("slow", ""), ("ahead", "!")])
def test_a_regex_takes_no_longer_than_a_text_is_long_or_refuses_it(routes: Service, path: str, end: str) -> None:
    text = letters(MOST_CHARACTERS - 1 - len(end))
    taken = routes.post(f"/api/regex/{path}", json={"text": f"{text}7{end}"})
    assert result(taken) == {"taken": f"{text}7{end}"}
    refused = routes.post(f"/api/regex/{path}", json={"text": f"{text}7{end}?"})
    assert refused.status in REFUSALS

    def ask(length: int) -> Callable[[], Exchange]:
        body = {"text": "7" * (end == "!") + "a" * length}
        return lambda: routes.post(f"/api/regex/{path}", json=body)

    assert ask(4000)().status in REFUSALS
    assert spent(routes, ask(8000)) < 2 * GROWTH * spent(routes, ask(1000))


@must("SECURITY-3d", kills="security_regex_tried_again_and_again")
@pytest.mark.parametrize("place", ["query", "header", "cookie"])
def test_a_regex_takes_no_longer_than_a_text_is_long_outside_the_body(routes: Service, place: str) -> None:
    def sent(text: str) -> Exchange:
        if place == "query":
            return routes.get(f"/api/regex/outside?query={text}")
        return routes.get(
            "/api/regex/outside", headers=[{"header": ("X-Text", text), "cookie": ("Cookie", f"cookie={text}")}[place]]
        )

    text = f"{letters(MOST_CHARACTERS - 2)}7!"
    assert result(sent(text)) == {"taken": text}
    assert sent("7" + "a" * 4000).status in REFUSALS
    assert spent(routes, lambda: sent("7" + "a" * 6000)) < 2 * GROWTH * spent(routes, lambda: sent("7" + "a" * 200))


@must("SECURITY-3e", kills="security_branches_walked_again")
def test_templates_that_fit_at_each_segment_do_not_multiply(routes: Service) -> None:
    one, three = f"{number()}a{number()}", f"{number()}a{number()}b{number()}c{number()}"
    x, y = word(), number()
    assert result(routes.get(f"/api/deep/{'/'.join([three] * LEVELS)}/{x}{RARE}{y}")) == {"leaf": [x, str(y)]}

    def ask(segment: str) -> Callable[[], Exchange]:
        return lambda: routes.get(f"/api/deep/{'/'.join([segment] * LEVELS)}/{'z' * 5000}")

    assert ask(three)().status == 404
    assert spent(routes, ask(three)) < GROWTH * spent(routes, ask(one))


@must("SECURITY-3f", kills=("security_segments_by_recursion", "security_slashes_by_recursion"))
def test_a_path_of_thousands_of_segments_is_answered_as_any_other(routes: Service) -> None:
    last = word()
    found = result(routes.get(f"/api/file/{'a/' * (SEGMENTS - 1)}{last}"))
    assert found == {"segments": SEGMENTS, "last": last}
    assert routes.get(f"/api/{'a/' * SEGMENTS}{last}").status == 404
    shorter = routes.get(f"/api/file/a/../{last}")
    assert routes.get(f"/api/file/{'a/' * SEGMENTS}../{last}").status == shorter.status
    for slash in ("/", "%2f"):
        slashes = slash * (SEGMENTS // len(slash))
        assert result(routes.get(f"/api{slashes}file/{last}")) == {"segments": 1, "last": last}
        shorter = routes.get(f"/api/file/{last}{slash}")
        assert routes.get(f"/api/file/{last}{slashes}").status == shorter.status
        assert routes.get(f"/api{slashes}").status == 404


@must("SECURITY-3g", kills=("security_patterns_of_msgspec_of_any_text", "security_regexes_of_utype_of_any_text"))
@pytest.mark.parametrize("libraries", ["pydantic,msgspec", "utype"])
def test_a_pattern_of_a_library_takes_texts_of_256_characters_or_as_many_as_it_says(
    target: Target, libraries: str
) -> None:
    modelled = target.shared("request_library_models", libraries=libraries)
    library = libraries.rpartition(",")[2]
    path = f"/api/{library}_patterns"
    require(modelled, library)
    code, long = f"{letters(MOST_CHARACTERS - 1)}{seeded_random.below(10)}", f"{letters(299)}{seeded_random.below(10)}"
    assert result(modelled.post(path, json={"code": code, "long": long})) == {"codes": [code, long]}
    assert modelled.post(path, json={"code": f"a{code}", "long": long}).status == 400
    assert modelled.post(path, json={"code": code, "long": f"a{long}"}).status == 400


@must("SECURITY-10a", kills="security_regex_of_what_a_text_became")
def test_outside_the_body_a_regex_judges_the_text_that_is_sent(routes: Service) -> None:
    year = 1000 + seeded_random.below(9000)
    day = date(2000, 1, 1 + seeded_random.below(28)).isoformat()
    for path, headers, taken in (
        (f"query?year={year}", [], year),
        (f"path/{year}", [], year),
        ("header", [("X-Day", day)], day),
        ("cookie", [("Cookie", "colour=red")], "red"),
        ("several?number=007&number=010", [], [7, 10]),
    ):
        assert result(routes.get(f"/api/regex/{path}", headers=headers)) == {"taken": taken}
    for path, headers in (
        (f"query?year=0{year}", []),
        (f"query?year=%2B{year}", []),
        ("header", [("X-Day", f"{day}T00:00:00")]),
        ("cookie", [("Cookie", "colour=blue")]),
        ("several?number=007&number=10", []),
    ):
        assert routes.get(f"/api/regex/{path}", headers=headers).status in REFUSALS, path
    assert routes.get(f"/api/regex/path/0{year}").status == 404


@must("SECURITY-10b", kills=("security_regex_of_texts_alone", "security_regex_refuses_null"))
def test_what_is_no_text_matches_no_regex_of_the_body(routes: Service) -> None:
    day = date(2000, 1, 1 + seeded_random.below(28))
    assert result(routes.post("/api/regex/body", json={"day": day.isoformat()})) == {"taken": day.isoformat()}
    seconds = (day - date(1970, 1, 1)).days * 86400
    assert result(routes.post("/api/regex/perhaps", json={"day": day.isoformat()})) == {"taken": day.isoformat()}
    assert result(routes.post("/api/regex/perhaps", json={"day": None})) == {"taken": None}
    assert routes.post("/api/regex/perhaps", json={"day": ""}).status == 400
    others: list[Any] = [None, seconds, float(seconds), 0, True, f"{day.isoformat()}T00:00:00", [day.isoformat()], {}]
    for sent in others:
        assert routes.post("/api/regex/body", json={"day": sent}).status == 400, sent


def refused(target: Target, kind: str) -> None:
    """Each declaration of that kind is an error that names class, function and parameter; those that are right none."""
    wrong: dict[str, dict[str, Any]]
    right: dict[str, dict[str, Any]]
    wrong, right = target.probe("security_constraints", "declared", kind=kind).value
    taken = {what: told for what, told in wrong.items() if told["error"] is None or told["lacks"]}
    assert taken == {}
    failed = {what: told for what, told in right.items() if told["error"] is not None}
    assert failed == {}


@must("SECURITY-10b", kills=("security_regexes_of_anything_taken", "security_regexes_of_the_body_refused"))
def test_a_regex_of_what_json_has_as_no_text_is_refused_by_name(target: Target) -> None:
    refused(target, "regexes")


@must("SECURITY-10c", kills=("security_bounds_of_a_new_type_taken", "security_bounds_of_enums_taken"))
def test_bounds_that_no_value_of_the_type_can_have_are_refused_by_name(target: Target) -> None:
    refused(target, "bounds")


@must("SECURITY-10c", kills="security_bounds_of_members_taken")
def test_bounds_that_no_member_can_have_are_refused_by_name(target: Target) -> None:
    refused(target, "members")


@must("SECURITY-3d", kills=("security_regex_tried_again_and_again", "security_regex_limit_of_look_arounds_alone"))
def test_a_regex_of_any_kind_takes_no_longer_than_a_text_is_long_or_refuses_it(routes: Service) -> None:
    names = routes.get("/api/lacked/names").members()["names"]
    assert names != []
    text = f"{letters(MOST_CHARACTERS - 1)}{seeded_random.below(10)}"
    usual = spent(routes, lambda: routes.post("/api/lacked/boundary", json={"text": "a" * 1000}))
    for name in names:
        path = f"/api/lacked/{name}"
        assert result(routes.post(path, json={"text": text})) == {"taken": text}, name
        assert routes.post(path, json={"text": text[:-1]}).status in REFUSALS, name

        def ask(path: str = path) -> Exchange:
            return routes.post(path, json={"text": "a" * 8000})

        assert ask().status in REFUSALS
        assert spent(routes, ask) < 2 * GROWTH * usual, name


@must("SECURITY-3e", kills=("security_branches_walked_again", "security_branches_of_names_walked_again"))
def test_names_beside_templates_that_fit_at_each_segment_do_not_multiply(routes: Service) -> None:
    last = word()
    for segments in (["fork"] * FORKS, [word()] * FORKS, ["fork", word()] * (FORKS // 2)):
        assert result(routes.get(f"/api/forked/{'/'.join(segments)}/a/{last}")) == {"rest": f"a/{last}"}

    def ask(segment: str) -> Callable[[], Exchange]:
        return lambda: routes.get(f"/api/forked/{f'{segment}/' * FORKS}{'a/' * SEGMENTS}..")

    assert ask("fork")().status in REFUSALS
    assert spent(routes, ask("fork")) < GROWTH / 2 * spent(routes, ask("work"))


@must("SECURITY-10a", kills="security_regex_judges_no_empty_text")
def test_outside_the_body_a_regex_judges_a_text_that_is_empty(routes: Service) -> None:
    said = "".join(letters(9))
    for path, headers, taken in (
        (f"query?word={said}&any=&tag=&tag={said}", [], [said, "", ["unsaid"], ["", said]]),
        (f"query?each={said}&each=a", [], ["unsaid", "unsaid", [said, "a"], ["unsaid"]]),
        ("header", [("X-Word", said), ("X-Any", "")], [said, ""]),
        ("cookie", [("Cookie", f"word={said}; any=")], [said, ""]),
        ("header", [], ["unsaid", "unsaid"]),
    ):
        assert result(routes.get(f"/api/texts/{path}", headers=headers)) == {"taken": taken}, path
    for path, headers in (
        ("query?word=", []),
        (f"query?word&any={said}", []),
        ("query?each=", []),
        (f"query?each={said}&each=", []),
        ("query?word=0", []),
        ("header", [("X-Word", "")]),
        ("cookie", [("Cookie", "word=")]),
    ):
        assert routes.get(f"/api/texts/{path}", headers=headers).status in REFUSALS, path
