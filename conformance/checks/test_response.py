"""RESPONSE: what an endpoint answers with when there is more to say than its result."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from conformance.checks.log import logged
from conformance.checks.problem import TITLES, problem
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange, Members
from conformance.target.service import Service
from conformance.target.target import Target

BUILT_IN = {"permission": 403, "file": 404, "implemented": 501, "timeout": 503, "connection": 500, "recursion": 500}


@pytest.fixture
def served(target: Target) -> Service:
    """response_templates.py in development."""
    return target.shared("response_templates")


@pytest.fixture
def produced(target: Target) -> Service:
    """response_templates.py in production."""
    return target.shared("response_templates", production=1)


def get(service: Service, path: str, **query: Any) -> Exchange:
    return service.get(f"/api/{path}?{urlencode(query)}")


def set_cookies(answer: Exchange) -> list[str]:
    return [value for name, value in answer.headers if name == "set-cookie"]


def object_of(answer: Exchange, status: int = 200) -> Members:
    assert answer.status == status, str(answer)
    return answer.members()


@must("RESPONSE-1a", kills="response_headers_of_one_name")
def test_a_response_is_answered_as_it_was_given(served: Service) -> None:
    for status in (201, 202):
        text = word()
        answer = get(served, "built", text=text, status=status)
        assert answer.status == status, str(answer)
        assert answer.header("content-type") == "application/x.made", str(answer)
        assert (answer.header("x-one"), answer.header("x-two")) == (text, text), str(answer)
        assert answer.body.decode() == f'{{"text":"{text}"}}', str(answer)


@must("RESPONSE-1b", kills="response_cookie_value_as_it_is")
def test_a_cookie_comes_back_as_it_was_given(served: Service) -> None:
    text = f'{word()} ;,"\\{word()}'
    sent: SimpleCookie = SimpleCookie()
    for value in set_cookies(get(served, "cookies", text=text)):
        sent.load(value)
    assert "short" in sent, sent
    assert sent["short"].value == text
    returned = served.get("/api/token", headers=[("Cookie", f"short={sent['short'].coded_value}")])
    assert (returned.status, returned.text) == (200, text), str(returned)


@must("RESPONSE-1b", kills="response_cookie_attributes_dropped")
def test_a_cookie_has_the_attributes_that_it_was_given(served: Service) -> None:
    answer = get(served, "cookies", text=word())
    assert (answer.status, answer.text) == (200, "set"), str(answer)
    found = [value for value in set_cookies(answer) if value.startswith("full=")]
    assert len(found) == 1, str(answer)
    attributes = {part.strip().lower() for part in found[0].split(";")[1:]}
    assert attributes == {
        "max-age=60",
        "expires=mon, 03 feb 2031 02:05:06 gmt",
        "path=/api",
        "domain=example.com",
        "secure",
        "httponly",
        "samesite=strict",
    }, str(answer)


@must("RESPONSE-1c", kills="response_broken_header_sent")
def test_what_would_break_the_message_is_an_error_that_names_it(served: Service) -> None:
    named = {"status": "99", "header": "X-Broken", "cookie": "a;b", "path": "path", "samesite": "samesite"}
    for what, name in named.items():
        text = word()
        answer = get(served, "broken", what=what, text=text)
        assert name in str(object_of(answer)["error"]), f"{what}\n{answer}"
        assert answer.header("x-injected") is None, str(answer)


@must("RESPONSE-1c", kills="response_broken_header_of_an_error_sent")
def test_a_header_of_an_exception_that_would_break_the_message_is_a_500(served: Service) -> None:
    answer = get(served, "raises", name="Conflict", text=f"{word()}\r\nX-Injected: {word()}")
    assert "X-Text" in problem(answer, 500).get("detail", ""), str(answer)
    assert answer.header("x-injected") is None, str(answer)


@must("RESPONSE-1d", kills="response_error_is_the_result")
def test_an_error_given_to_a_response_is_answered_like_one_raised(served: Service) -> None:
    text = word()
    answer = get(served, "error", text=text)
    assert problem(answer, 423).get("detail") == text, str(answer)
    assert answer.header("x-text") == text, str(answer)


@must("RESPONSE-1d", kills="response_message_of_an_error_ignored")
def test_message_and_status_stand_for_those_of_the_error(served: Service) -> None:
    text = word()
    answer = get(served, "reworded", text=text)
    assert problem(answer, 409).get("detail") == text, str(answer)


@must("RESPONSE-2a", kills="response_absent_members_left_out")
def test_a_template_has_a_member_for_each_of_its_keys(served: Service) -> None:
    text, count = word(), seeded_random.below(9000) + 1000
    assert object_of(get(served, "template/all", text=text, count=count)) == {
        "data": {"text": text},
        "note": text,
        "total": count,
        "state": f"s{count}",
    }
    alone = object_of(get(served, "template/text", text=text))
    assert alone == {"data": text, "note": None, "total": None, "state": None}


@must("RESPONSE-2b", kills="response_template_not_looked_at")
def test_a_template_that_cannot_be_is_an_error_naming_class_and_attribute(target: Target) -> None:
    found: dict[str, str] = target.probe("response_templates", "declared").value
    assert found.pop("none") == ""
    for what, message in found.items():
        attribute = "same" if what == "equal" else what
        assert "WrongTemplate" in message, f"{what}: {message}"
        assert attribute in message, f"{what}: {message}"


@must("RESPONSE-3", kills="response_template_of_the_outermost")
def test_the_nearest_template_is_the_endpoints(served: Service) -> None:
    text = word()
    assert object_of(get(served, "template/created", text=text), 201) == {"made": text}
    assert object_of(get(served, "template/near/own", text=text)) == {"near": text}


@must("RESPONSE-3", kills="response_template_of_its_own_class_alone")
def test_the_template_of_a_class_is_that_of_what_it_mounts(served: Service) -> None:
    text = word()
    assert object_of(get(served, "template/inner/outer", text=text))["data"] == text


@must("RESPONSE-3", kills="response_plain_annotation_is_a_template")
def test_a_plain_response_as_annotation_is_no_template(served: Service) -> None:
    text = word()
    assert object_of(get(served, "template/annotated", text=text))["data"] == text


@must("RESPONSE-4", kills="response_wrapped_again")
def test_a_built_response_is_not_put_into_a_template(served: Service) -> None:
    text = word()
    assert object_of(get(served, "template/plain", text=text)) == {"text": text}
    assert object_of(get(served, "template/otherwise", text=text), 202) == {"made": text}


@must("RESPONSE-5a", kills=("response_template_headers_dropped", "response_template_headers_beside"))
def test_status_and_headers_of_a_template_hold_unless_told_otherwise(served: Service) -> None:
    text = word()
    first, second = get(served, "template/created", text=text), get(served, "template/otherwise", text=text)
    assert object_of(first, 201) == object_of(second, 202) == {"made": text}
    assert (first.status, first.header("x-template"), first.header("x-more")) == (201, "created", None), str(first)
    assert (second.status, second.header("x-more")) == (202, text), str(second)
    assert [value for name, value in second.headers if name == "x-template"] == [text], str(second)


@must("RESPONSE-5b", kills="response_strict_without_effect")
def test_a_strict_template_checks_the_result(served: Service) -> None:
    number, text = seeded_random.below(9000) + 1000, word()
    assert object_of(get(served, "template/strict", value=number))["rows"] == [{str(number): number}]
    before = len(served.output)
    problem(get(served, "template/strict", value=text), 500)
    log = logged(served, before, "strict", text)
    assert "TemplateAPI.strict" in log, log
    assert text in log, log


@must("RESPONSE-6", kills="response_errors_are_problems_everywhere")
def test_an_error_below_a_template_is_put_into_it(served: Service) -> None:
    number = seeded_random.below(9000) + 1000
    answer = get(served, "template/number", number=number)
    expected = {"data": None, "note": f"taken: {number}", "total": None, "state": None}
    assert object_of(answer, 409) == expected, str(answer)
    assert answer.header("x-number") == str(number), str(answer)
    assert answer.header("x-request-id"), str(answer)
    refused = get(served, "template/number", number=word())
    note = object_of(refused, 422)["note"]
    assert "number" in str(note), str(refused)
    assert "query" in str(note), str(refused)
    problem(get(served, "template/created"), 422)


@must("RESPONSE-6", kills="response_message_in_production")
def test_in_production_a_template_says_no_more_than_a_problem(produced: Service) -> None:
    secret, before = word(), len(produced.output)
    answer = get(produced, "template/crash", secret=secret)
    assert object_of(answer, 500)["note"] == TITLES[500], str(answer)
    assert secret not in str(answer).partition("HTTP/1.1 500")[2], str(answer)
    assert secret in logged(produced, before, secret)


@must("RESPONSE-7a", kills="response_exception_missing")
def test_there_is_an_exception_for_each_status_and_it_is_the_answer(served: Service) -> None:
    statuses: Mapping[str, int | None] = object_of(get(served, "statuses"))
    by_status = {status: name for name, status in statuses.items() if isinstance(status, int)}
    assert set(TITLES) <= set(by_status), sorted(set(TITLES) - set(by_status))
    for status in sorted(set(TITLES) - {405, 422}):  # these two take other arguments: ROUTE and ERROR see to them
        text = word()
        answer = get(served, "raises", name=by_status[status], text=text)
        assert problem(answer, status).get("detail") == text, str(answer)
        assert answer.header("x-text") == text, str(answer)


@must("RESPONSE-7b", kills="response_built_in_is_a_500")
def test_a_built_in_exception_has_a_status(served: Service) -> None:
    for name, status in BUILT_IN.items():
        text = word()
        answer = get(served, "builtin", name=name, text=text)
        assert text in problem(answer, status).get("detail", ""), f"{name}\n{answer}"


@must("RESPONSE-7b", kills="response_built_in_text_in_production")
def test_the_text_of_a_built_in_exception_does_not_leave_production(produced: Service) -> None:
    for name, status in BUILT_IN.items():
        text, before = word(), len(produced.output)
        answer = produced.get(f"/api/builtin?name={name}&text={quote(text)}")
        assert "detail" not in problem(answer, status), f"{name}\n{answer}"
        assert text in logged(produced, before, text), name
