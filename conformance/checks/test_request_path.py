"""REQUEST: what a path tells an endpoint, segment by segment."""

from __future__ import annotations

import pytest

from conformance.checks.problem import refused
from conformance.checks.random_values import number, word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def requested(target: Target) -> Service:
    return target.shared("request_parameters")


@must("REQUEST-5a", kills="request_regex_matches_a_beginning")
def test_a_regex_rules_a_segment(requested: Service) -> None:
    code, text = f"ab{number()}", word()
    assert result(requested.get(f"/api/path/code/{code}")) == {"code": code}
    for other in (f"{code}x", f"x{code}", "ab"):
        refused(requested.get(f"/api/path/code/{other}"))
    for sent, meant in ((text, text), (f"{text}%20-_.{text}", f"{text} -_.{text}")):
        assert result(requested.get(f"/api/path/any/{sent}")) == {"text": meant}


@must("REQUEST-5e", kills="request_regex_matches_a_beginning")
def test_a_segment_that_misses_its_regex_is_another_routes_or_not_found(requested: Service) -> None:
    code = f"ab{number()}"
    assert result(requested.get(f"/api/path/code/{code}")) == {"code": code}
    for other in (f"{code}x", f"x{code}", code.upper(), "ab", f"ab%2F{code}"):
        answer = requested.get(f"/api/path/code/{other}")
        assert answer.status == 404, str(answer)
    assert result(requested.get(f"/api/path/either/{code[2:]}")) == {"number": int(code[2:])}
    assert result(requested.get(f"/api/path/either/{code}")) == {"word": code}


@must("REQUEST-5b", kills="request_slug_of_one_word")
def test_a_slug_is_taken(requested: Service) -> None:
    for slug in (word(), f"an-own-{word()}"):
        assert result(requested.get(f"/api/path/post/{slug}")) == {"slug": slug}


@must("REQUEST-5f", kills="request_slug_of_any_characters")
def test_a_slug_is_words_joined_by_hyphens(requested: Service) -> None:
    text = word()
    for slug in (text, f"{text}-1", f"1-{text}-b-2"):
        assert result(requested.get(f"/api/path/post/{slug}")) == {"slug": slug}
    for other in (
        f"{text}-",
        f"-{text}",
        f"{text}--1",
        f"{text}_1",
        f"{text}A",
        f"{text}%C3%A9",
        f"{text}%20",
        f"{text}%0A",
    ):
        answer = requested.get(f"/api/path/post/{other}")
        assert answer.status == 404, str(answer)


@must("REQUEST-5c", kills="request_file_of_one_segment")
def test_a_file_path_is_the_rest_of_the_path(requested: Service) -> None:
    a, b = word(), word()
    for path in (a, f"{a}/{b}", f"{a}/{b}/c.txt"):
        assert result(requested.get(f"/api/path/file/{path}")) == {"path": path}


@must("REQUEST-5g", kills=("request_file_of_one_segment", "request_file_before_templates"))
def test_a_file_path_is_decoded_and_taken_where_no_other_route_is(requested: Service) -> None:
    a, b = word(), word()
    for sent, path in (
        (f"{a}%2F{b}/%C3%A9%2525+c", f"{a}/{b}/é%25+c"),
        (f"{a}/./..{b}/...", f"{a}/./..{b}/..."),
        (f"{a}/{b}/", f"{a}/{b}"),
        (f"{a}/{b}/info", f"{a}/{b}/info"),
    ):
        assert result(requested.get(f"/api/path/file/{sent}")) == {"path": path}, sent
    assert result(requested.get(f"/api/path/file/{a}/info")) == {"name": a}
    answer = requested.get("/api/path/file")
    assert answer.status == 404, str(answer)


@must("REQUEST-5g", kills="request_file_leads_out")
def test_no_file_path_leads_out(requested: Service) -> None:
    text = word()
    for sent in (
        "..",
        f"../{text}",
        f"{text}/..",
        f"{text}/../..",
        "%2e%2e",
        f"{text}%2F..%2F..",
        f"{text}/%2E./{text}",
    ):
        answer = requested.get(f"/api/path/file/{sent}")
        assert answer.status == 404, str(answer)


@must("REQUEST-5d", kills="request_path_default_not_left_out")
def test_a_path_parameter_with_a_default_may_be_left_out(requested: Service) -> None:
    lang, part = word(), number()
    assert result(requested.get(f"/api/path/leaf/{lang}/{part}")) == {"lang": lang, "number": part}
    assert result(requested.get(f"/api/path/leaf/{lang}")) == {"lang": lang, "number": 1}
    answer = requested.get("/api/path/leaf")
    assert answer.status == 404, str(answer)


@must("REQUEST-5h", kills="request_path_default_not_left_out")
def test_path_parameters_with_defaults_at_the_end_may_be_left_out(requested: Service) -> None:
    part = number()
    assert result(requested.get(f"/api/path/page/fr/{part}")) == {"lang": "fr", "number": part}
    assert result(requested.get("/api/path/page/fr")) == {"lang": "fr", "number": 1}
    assert result(requested.get("/api/path/page")) == {"lang": "en", "number": 1}
    assert result(requested.get("/api/path/page/de")) == {"fixed": "de"}
