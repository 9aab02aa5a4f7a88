"""RESPONSE: what results say on the way out: objects of libraries, lazy results, headers that are URLs, no content."""

from __future__ import annotations

import re
from base64 import b64encode, urlsafe_b64encode
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from conformance.checks.library import require
from conformance.checks.log import logged
from conformance.checks.random_values import number, word
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

# Kinds of what would have to be read, and their classes.
LAZY = {
    "generator": "generator",
    "async generator": "async_generator",
    "coroutine": "coroutine",
    "async iterator": "Later",
    "file": "TextIOWrapper",
    "buffer": "BytesIO",
    "map": "map",
    "iterator": "list_iterator",
}
MARKED = ("endpoint", "before hook", "after hook", "handle hook")
ALLOWED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;="


@pytest.fixture
def served(target: Target) -> Service:
    """response_encoding.py in development."""
    return target.shared("response_encoding")


def get(service: Service, path: str, **query: Any) -> Exchange:
    return service.get(f"/api/{quote(path)}?{urlencode(query)}")


def result(answer: Exchange) -> Any:
    assert answer.status == 200
    return answer.json()


def member(answer: Exchange, name: str) -> Any:
    """A member of the object that is the result."""
    assert answer.status == 200
    return answer.members()[name]


# --- RESPONSE-8 ---


@must(
    "RESPONSE-8a",
    kills=(
        "response_lazy_results_read",
        "response_lazy_results_left_open",
        "response_async_results_left_open",
        "response_lazy_results_left_open_behind_another",
    ),
)
def test_what_would_have_to_be_read_is_an_error_that_says_so(served: Service) -> None:
    withins = ("", "list", "response", "template")
    first = seeded_random.below(4)  # once: each place holds two kinds, one of which can be seen to be closed
    for place, (kind, name) in enumerate(LAZY.items()):
        text, before = word(), len(served.output)
        answer = get(served, f"lazy/{kind}", word=text, within=withins[(place + first) % 4])
        assert answer.status == 500, kind
        assert text.encode() not in answer.body, kind
        said = logged(served, before, name, answer.header("x-request-id") or "")
        assert re.findall(rf"\b{name}\b", said) != [], kind
        assert result(get(served, "closed", word=text)) == {"closed": True}, kind


@must("RESPONSE-8b", kills=("response_lazy_annotations_taken", "response_lazy_annotations_of_handlers_taken"))
def test_an_annotation_that_says_so_is_refused_when_the_application_is_built(target: Target) -> None:
    found: dict[str, list[str | None]] = target.probe("response_invalid_annotations", "annotated").value
    assert found.pop("nothing wrong") == [None] * len(MARKED)
    for what, told in found.items():
        for kind, error in zip(MARKED, told, strict=True):
            assert error is not None, (what, kind)
            assert "CulpritAPI" in error, (what, kind)
            assert "culprit" in error, (what, kind)


# --- RESPONSE-9 ---


def of_pydantic(text: str, digits: int) -> dict[str, Any]:
    account = {"word": text, "the-number": digits}
    data = urlsafe_b64encode(text.encode() + b"\xff").decode()
    model = {"@word": text, "number": f"#{digits}", "data": data, "wait": float(digits), "account": account}
    return {"account": account, "model": {**model, "twice": text * 2}}


def of_msgspec(text: str, digits: int) -> dict[str, Any]:
    tagged = {"type": "a tag", "firstWord": text, "secondNumber": digits}
    return {
        "tagged": tagged,
        "defaults": {"type": "a tag", "firstWord": text},
        "listed": ["Listed", text, b64encode(text.encode()).decode(), [tagged], [text], digits],
        "plain": [[text], text],
    }


def of_utype(text: str, digits: int) -> dict[str, Any]:
    return {"schema": {"@word": text, "number": digits}}


def of_both(text: str, digits: int) -> dict[str, Any]:
    model = {"tagged": {"type": "a tag", "word": text}}
    return {"struct in a model": model, "model in a struct": {"type": "outer", "model": model}}


EXPECTED = {"pydantic": of_pydantic, "msgspec": of_msgspec, "utype": of_utype, "both": of_both}


@must(
    "RESPONSE-9a",
    kills=(
        "response_dataclass_by_its_fields",
        "response_struct_by_its_fields",
        "response_model_as_python",
        "response_tag_of_an_array_overwritten",
    ),
)
@pytest.mark.parametrize("library", EXPECTED)
def test_an_object_of_a_library_is_what_its_own_encoder_writes(served: Service, library: str) -> None:
    require(served, library)
    for digits in (number(), 0):
        text = word()
        expected = EXPECTED[library](text, digits)
        found = result(get(served, f"told/{library}", word=text, number=digits))
        assert found == {"alone": expected, "listed": list(expected.values())}
        for name, value in expected.items():
            given = {"word": text, "number": digits}
            assert result(get(served, f"told/{library}/{name}", **given)) == value, name
            assert result(get(served, f"told/{library}/{name}", within="response", **given)) == value, name
            assert member(get(served, f"told/{library}/{name}", within="template", **given), "data") == value, name


@must(
    "RESPONSE-9b",
    kills=(
        "response_dates_of_the_library",
        "response_dates_of_a_struct_of_the_library",
        "response_dates_that_are_keys_of_the_library",
    ),
)
@pytest.mark.parametrize("library", ["pydantic", "msgspec", "utype"])
def test_dates_that_the_library_would_format_are_those_of_the_service(served: Service, library: str) -> None:
    require(served, library)
    year = 1000 + seeded_random.below(8000)
    day, moment = f"03.02.{year}", f"03.02.{year} at 04:05"
    expected = {
        "pydantic": {
            "model": {"day": day, "moments": [moment], "own": f"in {year}", "kept": {moment: {day: 0}}},
            "list": [{"day": day}],
        },
        "msgspec": {"struct": {"type": "Dated", "day": day, "moments": [moment], "kept": {day: 0}}},
        "utype": {"schema": {"day": day, "moments": [moment], "kept": {day: 0}}},
    }
    assert result(get(served, f"dated/{library}", year=year)) == expected[library]


# --- RESPONSE-10 ---


def encoded(url: str) -> str:
    """What RFC 3986 allows as it is, its escapes too; all else as escapes of UTF-8."""
    made = ""
    for place, character in enumerate(url):
        escape = character == "%" and all(digit in "0123456789abcdefABCDEF" for digit in url[place + 1 : place + 3])
        made += character if character in ALLOWED or escape else quote(character, safe="")
    return made


@must(
    "RESPONSE-10a",
    kills=("response_urls_as_they_are", "response_urls_encoded_twice", "response_urls_in_lower_case_encoded_twice"),
)
def test_a_header_that_is_a_url_is_percent_encoded(served: Service) -> None:
    for name, how in (
        ("Location", "given"),
        ("content-location", "given"),
        ("Location", "added"),
        ("location", "raised"),
    ):
        text = word()
        for url in (
            f"/{text} é/ü→?q=a b&x=%C3%A9%zz#{{1}}",
            f'https://e.example:8000/{text}/~a;b="<1>"',
            f"/{text}%20",
            f"/{text} %c3%a9/%C3%a9 %2f",
        ):
            answer = get(served, "moved", to=url, how=how, name=name)
            assert answer.status == (409 if how == "raised" else 200)
            assert answer.header(name) == encoded(url)


@must("RESPONSE-10b", kills=("response_error_without_content_has_some", "response_no_content_of_a_type"))
def test_what_has_no_content_has_no_body_type_or_length(served: Service) -> None:
    for status in (204, 205, 304):
        for how in ("raised", "error", "template", "built"):
            for method in ("GET", "HEAD"):
                asked = urlencode({"status": status, "how": how, "text": word()})
                answer = served.request(method, f"/api/nothing?{asked}")
                assert answer.status == status, how
                assert answer.body == b"", how
                assert answer.content_type is None, how
                # Where the status alone does not say that there is none, its length does (RFC 9110, 15.3.6).
                assert answer.header("content-length") in ((None, "0") if status == 205 else (None,)), how


@must("API-11f", kills="response_optional_annotation_is_no_template")
def test_a_template_that_may_be_none_or_is_annotated_is_the_template(served: Service) -> None:
    for path in ("optional", "annotated", "both"):
        for text in (word(), ""):
            assert member(get(served, path, word=text), "data") == (text or None)
