"""RESPONSE and API: headers of a Response, which hooks and endpoints set, and which strict templates check."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from conformance.checks import library
from conformance.checks.log import logged
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def served(target: Target) -> Service:
    """response_headers.py in development."""
    return target.shared("response_headers")


def get(service: Service, path: str, **query: Any) -> Exchange:
    return service.get(f"/api/{path}?{urlencode(query)}")


def values(answer: Exchange, name: str) -> list[str]:
    """Each value of a header; AssertionError unless the answer is a 200."""
    assert answer.status == 200
    return answer.values(name)


@must("API-g39", kills=("response_numbers_refused_as_headers", "response_headers_set_are_dropped"))
def test_a_hook_sets_headers_to_texts_and_numbers(served: Service) -> None:
    for number in (seeded_random.below(9000) + 1000, 0, -1):
        for path in ("hooked/text", "hooked/built"):
            text, part = word(), number + 0.5
            answer = get(served, path, text=text, number=number, part=part)
            assert values(answer, "x-text") == [text]
            assert values(answer, "x-number") == [str(number)]
            assert values(answer, "x-part") == [str(part)]
            assert answer.json() == {"text": text}


@must("RESPONSE-1h", kills=("response_header_set_is_one_more", "response_names_of_headers_by_their_case"))
def test_the_headers_of_a_response_are_a_mapping_that_finds_a_name_in_any_case(served: Service) -> None:
    for text in (word(), word()):
        answer = get(served, "mapped/changed", text=text)
        assert values(answer, "x-seen") == [json.dumps(["old", None, True, ["1", "2"], text, False, 2])]
        assert values(answer, "x-old") == [text]
        assert values(answer, "x-gone") == []
        assert values(answer, "x-both") == ["1", "2"]
        assert values(answer, "set-cookie") == [f"one={text}", f"two={text}"]


@must("RESPONSE-1h", kills=("response_header_set_beside_other_spellings", "response_header_set_is_one_more"))
def test_a_header_takes_the_place_of_all_that_it_was_however_they_were_spelled(served: Service) -> None:
    text = word()
    answer = get(served, "mapped/replaced", text=text)
    assert values(answer, "x-many") == [text]
    assert values(answer, "x-kept") == ["3"]
    answer = get(served, "mapped/deleted", text=text)
    assert values(answer, "x-many") == []
    assert values(answer, "x-kept") == [text]


@must("RESPONSE-1h", kills="response_headers_are_as_they_were")
@pytest.mark.parametrize("pairs", [0, 1], ids=["mapping", "pairs"])
def test_the_headers_of_a_response_can_be_set_to_a_mapping_or_pairs(served: Service, pairs: int) -> None:
    text = word()
    answer = get(served, "mapped/assigned", text=text, pairs=pairs)
    assert values(answer, "x-one") == [text]
    assert values(answer, "x-two") == [text]
    assert values(answer, "x-number") == ["0"]
    assert values(answer, "x-old") == []


@must("RESPONSE-1i", kills="response_headers_looked_at_when_sent")
@pytest.mark.parametrize("way", ["set", "added", "assigned"])
def test_a_header_that_cannot_be_sent_is_an_error_where_it_is_set(served: Service, way: str) -> None:
    for form in ("{}\r\nX-Injected: 1", "{}\n", "\1{}", "{}\x9f", "\N{SNOWMAN}{}"):
        answer = get(served, "mapped/refused", name="X-Set", value=form.format(word()), way=way)
        assert answer.status == 200
        assert "X-Set" in str(answer.members()["error"]), form
        assert answer.members()["left"] == {"X-Old": "old"}
    name = f"X {word()}"
    assert name in str(get(served, "mapped/refused", name=name, value="", way=way).members()["error"])


@must("RESPONSE-1i", kills="response_second_of_one_value_set")
@pytest.mark.parametrize("way", ["beside", "twice"])
def test_a_second_value_of_a_header_that_has_one_is_an_error_where_it_is_set(served: Service, way: str) -> None:
    for name in ("Location", "Content-Location", "ETag", "Last-Modified", "Retry-After", "Access-Control-Allow-Origin"):
        answer = get(served, "mapped/refused", name=name, value=word(), way=way)
        assert answer.status == 200
        assert name.lower() in str(answer.members()["error"]).lower(), name
        left = {"X-Old": "old", name: "first"} if way == "beside" else {"X-Old": "old"}
        assert answer.members()["left"] == left
    assert get(served, "mapped/refused", name="Link", value=word(), way=way).members()["error"] == ""


@must("RESPONSE-1i", kills="response_headers_of_anything_set")
@pytest.mark.parametrize("kind", ["number", "zero", "text", "texts", "singles", "false"])
def test_headers_that_are_neither_a_mapping_nor_pairs_are_an_error(served: Service, kind: str) -> None:
    found = get(served, "mapped/misread", kind=kind).members()
    assert "headers" in str(found["error"])
    assert found["left"] == {"X-Old": "old"}


@must("RESPONSE-1j", kills=("response_content_type_beside_the_headers", "response_content_type_set_apart"))
@pytest.mark.parametrize("path", ["given", "among", "assigned"])
def test_content_type_is_one_of_the_headers(served: Service, path: str) -> None:
    kind, other = f"text/{word()}", f"text/{word()}"
    for then, query in ((kind, {}), (other, {"other": other})):
        answer = get(served, f"kind/{path}", kind=kind, **query)
        assert values(answer, "x-first") == [kind]
        assert values(answer, "x-then") == [json.dumps([then, True])]
        assert values(answer, "content-type") == [then]


# --- of a strict template ---


@must("RESPONSE-g12", kills="response_strict_headers_without_effect")
def test_a_strict_template_checks_the_headers(served: Service) -> None:
    library.require(served, "utype")
    for size in (str(seeded_random.below(9000) + 1000), "0"):
        assert values(get(served, "checked/strict", size=size), "x-size") == [size]
    for size in (word(), word()):
        assert get(served, "checked/strict", size=size).status >= 400
        assert values(get(served, "checked/lenient", size=size), "x-size") == [size]


@must("RESPONSE-5e", kills="response_strict_headers_without_effect")
def test_headers_are_checked_against_a_mapping(served: Service) -> None:
    for size in (str(seeded_random.below(9000) + 1000), "0"):
        assert values(get(served, "checked/mapped", size=size), "x-size") == [size]
    for size in (word(), ""):
        assert get(served, "checked/mapped", size=size).status == 500


@must("RESPONSE-5e", kills="response_strict_headers_before_hooks")
def test_headers_are_checked_as_after_hooks_leave_them(served: Service) -> None:
    for size in (str(seeded_random.below(9000) + 1000), "0"):
        answer = get(served, "checked/late", size=size)
        assert values(answer, "x-size") == [size]
        assert answer.members()["late"] == "late"


@must("RESPONSE-5e", kills=("response_strict_headers_of_any_response", "response_strict_headers_of_errors"))
def test_headers_of_another_response_and_of_an_error_are_not_checked(served: Service) -> None:
    assert get(served, "checked/other", size="7").json() == {"other": "7"}
    assert get(served, "checked/missing", size="7").status == 404
    assert get(served, "checked/failed", size="7").status == 409


@must("RESPONSE-5e", kills="response_strict_headers_are_anything")
def test_headers_that_a_strict_template_does_not_take_are_a_500_that_is_logged(served: Service) -> None:
    for query in ({"size": word()}, {}):
        before = len(served.output)
        assert get(served, "checked/late", **query).status == 500
        log = logged(served, before, "CheckedAPI.late")
        assert "CheckedAPI.late" in log
        assert "x-size" in log.lower()
