"""RESPONSE: what an endpoint answers with when there is more to say than its result."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pytest

from conformance.checks.log import logged
from conformance.checks.problem import TITLES
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange, Members
from conformance.target.service import Service
from conformance.target.target import Target

RAISED = {"BadRequest": 400, "Unauthorized": 401, "PermissionDenied": 403, "NotFound": 404, "MethodNotAllowed": 405}
BUILT_IN = {"permission": 403, "file": 404, "implemented": 501, "timeout": 503}
NO_STATUS = {"connection": 500, "recursion": 500}  # of a built-in exception that has none


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


def cookies(answer: Exchange) -> SimpleCookie:
    """The cookies that an answer sets."""
    found: SimpleCookie = SimpleCookie()
    for value in answer.values("set-cookie"):
        found.load(value)
    return found


def object_of(answer: Exchange, status: int = 200) -> Members:
    assert answer.status == status
    return answer.members()


# --- a Response ---


@must("RESPONSE-1a", kills=("response_header_of_a_response_dropped", "response_status_of_a_response_dropped"))
def test_a_response_is_answered_as_it_was_given(served: Service) -> None:
    for status in (201, 202):
        text = word()
        answer = get(served, "built", text=text, status=status)
        assert answer.status == status
        assert answer.content_type == "application/x.made"
        assert answer.header("x-one") == text
        assert answer.header("x-two") == text
        assert answer.text == text
        data = get(served, "data", text=text, status=status)
        assert data.status == status
        assert data.json() == {"text": text}


@must("RESPONSE-1e", kills="response_headers_of_one_name")
def test_a_result_of_any_type_is_encoded_and_every_pair_is_a_header(served: Service) -> None:
    text = word()
    answer = get(served, "pairs", text=text)
    assert answer.json() == {"text": text}
    assert answer.header("x-one") == text
    assert answer.header("x-two") == text


@must("RESPONSE-1b", kills="response_cookies_dropped")
def test_a_response_sets_a_cookie_for_each_text(served: Service) -> None:
    one, two = word(), word()
    found = cookies(get(served, "plain_cookies", one=one, two=two))
    assert {name: morsel.value for name, morsel in found.items()} == {"one": one, "two": two}


@must("RESPONSE-1f", kills="response_cookie_value_as_it_is")
def test_a_cookie_comes_back_as_it_was_given(served: Service) -> None:
    text = f'{word()} ;,"\\{word()}'
    sent = cookies(get(served, "cookies", text=text))
    assert sorted(sent) == ["full", "short"]
    assert sent["short"].value == text
    returned = served.get("/api/token", headers=[("Cookie", f"short={sent['short'].coded_value}")])
    assert returned.text == text


@must("RESPONSE-1f", kills="response_cookie_attributes_dropped")
def test_a_cookie_has_the_attributes_that_it_was_given(served: Service) -> None:
    answer = get(served, "cookies", text=word())
    found = [value for value in answer.values("set-cookie") if value.startswith("full=")]
    assert len(found) == 1
    attributes = {part.strip().lower() for part in found[0].split(";")[1:]}
    assert attributes == {
        "max-age=60",
        "expires=mon, 03 feb 2031 02:05:06 gmt",
        "path=/api",
        "domain=example.com",
        "secure",
        "httponly",
        "samesite=strict",
    }


@must("RESPONSE-1c", kills="response_broken_header_sent")
def test_what_would_break_the_message_is_an_error_that_names_it(served: Service) -> None:
    named = {"status": "99", "header": "X-Broken", "cookie": "a;b", "path": "path", "samesite": "samesite"}
    for what, name in named.items():
        text, before = word(), len(served.output)
        answer = get(served, "broken", what=what, text=text)
        assert answer.header("x-injected") is None
        if answer.status == 500:  # it is refused where it is sent, and not where it is built
            assert name in logged(served, before, name)
        else:
            assert name in str(object_of(answer)["error"])


@must("RESPONSE-1c", kills="response_broken_header_of_an_error_sent")
def test_a_header_of_an_exception_that_would_break_the_message_is_a_500(served: Service) -> None:
    before = len(served.output)
    answer = get(served, "raises", name="Conflict", text=f"{word()}\r\nX-Injected: {word()}")
    assert answer.status == 500
    assert answer.header("x-injected") is None
    assert "X-Text" in logged(served, before, "X-Text")


@must("RESPONSE-1d", kills="response_error_is_the_result")
def test_an_error_gives_a_response_its_message_and_status(served: Service) -> None:
    for path, status in (("given", 404), ("handled/handled", 403)):
        text = word()
        assert text in str(object_of(get(served, path, text=text), status)["note"])


@must("RESPONSE-1d", kills="response_error_above_what_is_given")
def test_message_and_status_stand_for_those_of_the_error(served: Service) -> None:
    text = word()
    note = object_of(get(served, "otherwise", text=text), 409)["note"]
    assert text in str(note)
    assert "not this" not in str(note)


@must("RESPONSE-1d", kills=("response_empty_message_is_none", "response_empty_message_is_the_errors"))
def test_an_empty_message_stands_for_that_of_the_error(served: Service) -> None:
    assert object_of(get(served, "otherwise", text=""), 409)["note"] == ""
    answer = get(served, "reworded", text="")
    assert answer.status == 404
    assert "not this" not in answer.text


@must("RESPONSE-1g", kills=("response_error_is_the_result", "response_message_of_an_error_ignored"))
def test_an_error_given_to_a_response_is_answered_like_one_raised(served: Service) -> None:
    text = word()
    answer, raised = get(served, "error", text=text), get(served, "raises", name="NotFound", text=text)
    assert answer.status == raised.status
    assert answer.content_type == raised.content_type
    assert answer.header("x-text") == text
    assert text in answer.text
    assert answer.json() == raised.json()
    assert get(served, "reworded", text=text).json() == raised.json()


# --- templates ---


@must("RESPONSE-2a", kills=("response_count_key_ignored", "response_members_that_are_not_declared"))
def test_a_template_has_a_member_for_each_of_its_keys(served: Service) -> None:
    text, count = word(), seeded_random.below(9000) + 1000
    assert object_of(get(served, "template/all", text=text, count=count)) == {
        "data": {"text": text},
        "note": text,
        "total": count,
        "state": f"s{count}",
    }
    told = {*object_of(get(served, "template/noted", text=text))}
    assert {"data", "note"} - told == set()
    assert told - {"data", "note", "state", "total"} == set()
    assert object_of(get(served, "template/near/own", text=text)) == {"near": text}


@must("RESPONSE-2c", kills="response_absent_members_left_out")
def test_a_count_and_a_state_that_a_template_is_not_told_are_null(served: Service) -> None:
    alone = object_of(get(served, "template/text", text=word()))
    assert alone["total"] is None
    assert alone["state"] is None


@must("RESPONSE-g5", kills="response_absent_message_is_null")
def test_a_message_that_a_template_is_not_told_is_an_empty_text(served: Service) -> None:
    for text in (word(), ""):
        for path in ("template/text", "assigned/assigned"):
            assert object_of(get(served, path, text=text))["note"] == ""


@must("RESPONSE-2b", kills="response_template_not_looked_at")
def test_a_template_that_cannot_be_is_an_error_naming_class_and_attribute(target: Target) -> None:
    found: dict[str, str] = target.probe("response_templates", "declared").value
    assert found.pop("none") == ""
    for what, message in found.items():
        names = ("same", "result_key", "message_key") if what == "equal" else (what,)
        assert "WrongTemplate" in message, what
        assert [name for name in names if name in message] != [], message


@must("RESPONSE-3", kills="response_template_of_the_outermost")
def test_the_nearest_template_is_the_endpoints(served: Service) -> None:
    text = word()
    for path, key in (
        ("template/text", "data"),
        ("template/titled", "titled"),
        ("template/near/own", "near"),
        ("assigned/assigned", "data"),
    ):
        assert object_of(get(served, path, text=text))[key] == text


@must("RESPONSE-3b", kills="response_template_of_its_own_class_alone")
def test_the_template_of_a_class_is_that_of_what_it_mounts(served: Service) -> None:
    text = word()
    assert object_of(get(served, "template/inner/outer", text=text))["data"] == text


@must("RESPONSE-3d", kills="response_response_around_is_plain")
def test_self_response_is_the_template_of_a_class_around(served: Service) -> None:
    text = word()
    made = object_of(get(served, "template/inner/made", text=text))
    assert {name: made[name] for name in ("data", "note")} == {"data": text, "note": "made"}


@must("RESPONSE-3d", kills="response_response_around_is_not_that_of_a_mounted_api")
def test_self_response_of_an_api_that_another_calls_is_the_template_of_a_class_around(served: Service) -> None:
    text = word()
    called = object_of(get(served, "template/calling", text=text))
    assert {name: called[name] for name in ("data", "note")} == {"data": text, "note": "called"}


@must("RESPONSE-g15", kills="response_no_response_of_its_own")
def test_self_response_is_there_where_no_class_declares_one(served: Service) -> None:
    for status in (200, 201):
        text = word()
        assert object_of(get(served, "own", text=text, status=status), status) == {"text": text}


@must("RESPONSE-3c", kills="response_plain_annotation_is_a_template")
def test_a_plain_response_as_annotation_is_no_template(served: Service) -> None:
    text = word()
    assert object_of(get(served, "template/annotated", text=text))["data"] == text


@must("RESPONSE-4", kills="response_wrapped_again")
def test_a_built_response_is_not_put_into_a_template(served: Service) -> None:
    text = word()
    assert object_of(get(served, "template/plain", text=text)) == {"text": text}
    assert get(served, "template/otherwise", text=text).json() == {"made": text}


@must("RESPONSE-5a", kills="response_template_status_dropped")
def test_the_status_of_a_template_holds_unless_a_response_says_otherwise(served: Service) -> None:
    assert get(served, "template/created", text=word()).status == 201
    assert get(served, "template/otherwise", text=word()).status == 202


@must("RESPONSE-5c", kills=("response_template_headers_dropped", "response_template_headers_beside"))
def test_headers_of_a_template_hold_unless_a_response_says_otherwise(served: Service) -> None:
    text = word()
    first, second = get(served, "template/titled", text=text), get(served, "template/retitled", text=text)
    assert first.header("x-template") == "titled"
    assert first.header("x-more") is None
    assert second.header("x-template") == text
    assert second.header("x-more") == text


@must("RESPONSE-5b", kills="response_strict_without_effect")
def test_a_strict_template_checks_the_result(served: Service) -> None:
    number, text = seeded_random.below(9000) + 1000, word()
    assert object_of(get(served, "template/strict", value=number))["rows"] == [{str(number): number}]
    assert get(served, "template/strict", value=text).status >= 400
    assert object_of(get(served, "template/lenient", value=text))["rows"] == [{text: text}]


@must("RESPONSE-5d", kills="response_strict_without_effect")
def test_a_result_that_a_strict_template_does_not_take_is_a_500_that_is_logged(served: Service) -> None:
    text, before = word(), len(served.output)
    assert get(served, "template/strict", value=text).status == 500
    log = logged(served, before, "TemplateAPI.strict", text)
    assert "TemplateAPI.strict" in log
    assert text in log


@must("RESPONSE-6", kills="response_errors_are_problems_everywhere")
def test_an_error_below_a_template_is_put_into_it(served: Service) -> None:
    text = word()
    members = get(served, "template/missing", text=text).members()
    assert members["data"] is None
    assert text in str(members["note"])


@must("RESPONSE-6b", kills=("response_errors_are_problems_everywhere", "response_errors_have_the_templates_status"))
def test_an_error_in_a_template_has_the_detail_status_and_headers_that_it_has_without_one(served: Service) -> None:
    number = seeded_random.below(9000) + 1000
    answer = get(served, "template/number", number=number)
    expected = {"data": None, "note": f"taken: {number}", "total": None, "state": None}
    assert object_of(answer, 409) == expected
    assert answer.content_type == "application/json"
    assert answer.header("x-number") == str(number)
    bare = get(served, "data")  # without what it requires
    refused = object_of(get(served, "template/number", number=word()), bare.status)
    assert "number" in str(refused["note"])
    noted = get(served, "template/noted_error", number=number)
    assert object_of(noted, 409) == {"made": None, "note": f"taken: {number}"}
    assert noted.header("x-number") == str(number)
    assert "number" in str(object_of(get(served, "template/noted_error", number=word()), bare.status)["note"])
    without = get(served, "template/created")
    assert without.status == bare.status
    assert without.content_type == bare.content_type


@must("RESPONSE-6b", kills="response_message_in_production")
def test_in_production_a_template_says_no_more_than_a_problem(produced: Service) -> None:
    secret = word()
    answer = get(produced, "template/crash", secret=secret)
    assert object_of(answer, 500)["note"] == TITLES[500]
    assert secret.encode() not in answer.received


# --- exceptions ---


@must("RESPONSE-7a", kills="response_permission_denied_is_401")
def test_an_exception_is_answered_with_its_status(served: Service) -> None:
    assert {name: get(served, "raised", name=name).status for name in RAISED} == RAISED


@must("RESPONSE-7c", kills="response_exception_missing")
def test_there_is_an_exception_for_each_status_and_it_is_the_answer(served: Service) -> None:
    statuses: Mapping[str, int | None] = object_of(get(served, "statuses"))
    by_status = {status: name for name, status in statuses.items() if isinstance(status, int)}
    assert sorted(set(TITLES) - set(by_status)) == []
    for status in sorted(set(TITLES) - {405}):  # that of 405 takes other arguments: ROUTE sees to it
        text = word()
        answer = get(served, "raises", name=by_status[status], text=text)
        assert answer.status == status
        assert text in answer.text
        assert answer.header("x-text") == text


@must("RESPONSE-7b", kills="response_built_in_is_a_500")
def test_a_built_in_exception_has_a_status(served: Service) -> None:
    assert {name: get(served, "builtin", name=name, text=word()).status for name in BUILT_IN} == BUILT_IN


@must("RESPONSE-7d", kills="response_built_in_alone")
def test_a_subclass_of_a_built_in_exception_has_its_status(served: Service) -> None:
    expected = {**BUILT_IN, **NO_STATUS}
    assert {name: get(served, "builtin", name=name, text=word(), own=1).status for name in expected} == expected


@must("RESPONSE-7d", kills="response_built_in_text_in_production")
def test_the_text_of_a_built_in_exception_does_not_leave_production(produced: Service) -> None:
    for name, status in {**BUILT_IN, **NO_STATUS}.items():
        text, before = word(), len(produced.output)
        answer = get(produced, "builtin", name=name, text=text)
        assert answer.status == status
        assert text.encode() not in answer.received
        assert text in logged(produced, before, text), name
