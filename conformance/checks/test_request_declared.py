"""REQUEST: what parameters are declared with, and what comes of it for a request."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from conformance.checks import library
from conformance.checks.problem import errors, refused
from conformance.checks.random_values import chosen, number, word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.foundation.exceptions import HarnessError
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

FORM = [("Content-Type", "application/x-www-form-urlencoded")]
TOO_LONG = "a" * 3000  # for the name of a file anywhere
TOO_DEEP = 5000  # for Python's own stack


@pytest.fixture
def declared(target: Target) -> Service:
    return target.shared("request_declarations")


def found(answer: Exchange) -> Any:
    """The member `found` of the object that is the result."""
    assert answer.status == 200, str(answer)
    return answer.members()["found"]


def spelt(value: int) -> str:
    """A text that an integer parameter takes for this number."""
    return chosen([str(value), f"0{value}"])


@must("REQUEST-16a", kills=("request_default_is_one_object", "request_default_of_a_member_is_one_object"))
def test_a_default_that_is_an_object_is_a_fresh_one_for_each_request(declared: Service) -> None:
    for _ in range(2):
        headers = [("X-Word", word())]
        answer = declared.post("/api/shared/defaults", headers=headers)
        assert found(answer) == [[]] * 8, str(answer)
        assert answer.header("x-found") == "found", str(answer)
        text = word()
        members = declared.request("PUT", f"/api/shared/defaults?words={text}", headers=headers)
        assert found(members) == [[], [], [text], []], str(members)


@must("REQUEST-16a", kills="request_empty_default_is_one_object")
def test_a_default_that_is_an_empty_object_is_a_fresh_one_for_each_request(declared: Service) -> None:
    for _ in range(2):
        answer = declared.request("PATCH", "/api/shared/defaults", headers=[("X-Word", word())])
        assert found(answer) == [[]] * 6, str(answer)
        assert answer.header("x-emptied") == "found", str(answer)


@must("REQUEST-16a", kills="request_default_that_is_false_is_none")
def test_a_default_that_is_false_stays_what_it_is(declared: Service) -> None:
    text = word()
    headers = [("X-Word", text)]
    assert found(declared.get("/api/shared/false", headers=headers)) == [0, "", None, False, []]
    sent_text = found(declared.get(f"/api/shared/false?text={text}&empty={text}", headers=headers))
    assert sent_text == [0, text, None, False, text]


@must("REQUEST-17a", kills=("request_field_info_is_the_value", "request_field_info_without_its_alias"))
def test_a_field_of_pydantic_says_what_a_parameter_takes(declared: Service) -> None:
    library.require(declared, "pydantic")
    shared, bounded, marked = 1 + seeded_random.below(1000), 1 + seeded_random.below(9), number()
    text = word()
    for _ in range(2):
        assert found(declared.get("/api/field/fields")) == [5, 5, "none", ["made"], 1]
    query = f"sh-are={shared}&bounded={bounded}&as-sent={text}&made={text}"
    answer = declared.get(f"/api/field/fields?{query}", headers=[("X-Marked", str(marked))])
    assert found(answer) == [shared, bounded, text, [text, "made"], marked], str(answer)
    for wrong in ("sh-are=0", "bounded=10", f"as-sent={text * 2}"):
        refused(declared.get(f"/api/field/fields?{wrong}"))
    refused(declared.get("/api/field/fields", headers=[("X-Marked", "0")]))
    even = 2 * number()
    assert result(declared.get(f"/api/field/required?num={even}")) == {"number": even}
    for wrong in (f"num={even + 1}", f"number={even}", ""):
        refused(declared.get(f"/api/field/required?{wrong}"))


@must("REQUEST-17a", kills="request_field_alias_kept_in_the_marker")
def test_what_a_field_says_is_of_its_parameter_alone(declared: Service) -> None:
    library.require(declared, "pydantic")
    for given in (number(), 0):
        headers = [("X-Sent", str(given)), ("X-Given", str(given + 1))]
        assert result(declared.post("/api/field/marked", headers=headers)) == {"given": given}
        assert result(declared.request("PUT", "/api/field/marked", headers=headers)) == {"given": given + 1}


LIMITS = (10, 50, 0)
SIZES = {10: "SMALL", 50: "LARGE", 0: "NONE"}


@must("REQUEST-18a", kills="request_members_of_numbers_are_no_texts")
def test_a_text_becomes_the_member_that_it_spells(declared: Service) -> None:
    size, limit, level = chosen(sorted(SIZES)), chosen(LIMITS), chosen([1, 7])
    mixed = chosen([("1", "NUMBER"), ("0.5", "HALF"), ("text", "TEXT")])
    choice = chosen([("true", "bool True"), ("bytes", "bytes b'bytes'"), ("word", "str 'word'")])
    answer = declared.get(
        f"/api/chosen/single/{spelt(size)}?limit={quote(spelt(limit))}&choice={choice[0]}&sizes=50&sizes=0",
        headers=[("X-Level", spelt(level)), ("X-Limits", f"10, {spelt(limit)}"), ("Cookie", f"mixed={mixed[0]}")],
    )
    assert found(answer) == [
        f"Size.{SIZES[size]}",
        f"int {limit}",
        f"Level.{'LOW' if level == 1 else 'HIGH'}",
        f"Mixed.{mixed[1]}",
        choice[1],
        ["Size.LARGE", "Size.NONE"],
        ["int 10", f"int {limit}"],
    ], str(answer)


@must("REQUEST-18a", kills="request_members_of_sets_are_no_texts")
def test_in_a_set_and_in_a_form_a_text_becomes_the_member_that_it_spells(declared: Service) -> None:
    size, limit = chosen(sorted(SIZES)), chosen(LIMITS)
    fields = f"limit={limit}&size={size}&levels=1&levels=7&mixed=0.5"
    expected = [f"int {limit}", f"Size.{SIZES[size]}", ["Level.LOW", "Level.HIGH"], "Mixed.HALF"]
    assert found(declared.get(f"/api/chosen/set?{fields}")) == expected
    assert found(declared.post("/api/chosen/set", body=fields.encode(), headers=FORM)) == expected
    assert found(declared.request("PUT", "/api/chosen/set", body=fields.encode(), headers=FORM)) == expected[:2]
    assert found(declared.get(f"/api/chosen/keys?{limit}={size}")) == [[f"int {limit}", f"Size.{SIZES[size]}"]]


@must("REQUEST-18a", kills="request_member_is_any_number")
def test_a_text_that_is_no_member_is_a_400(declared: Service) -> None:
    other = str(51 + seeded_random.below(1000))
    right = {"size": "10", "query": "limit=0&choice=word&sizes=10", "X-Level": "1", "X-Limits": "0", "mixed": "1"}
    text = word()
    for wrong in (
        {},
        {"size": other},
        {"query": f"limit={text}"},
        {"query": f"limit=0&choice={other}"},
        {"query": f"limit=0&sizes=10&sizes={other}"},
        {"X-Level": chosen([other, "1e1"])},
        {"X-Limits": f"0, {other}"},
        {"mixed": text},
    ):
        case = {**right, **wrong}
        headers = [("X-Level", case["X-Level"]), ("X-Limits", case["X-Limits"]), ("Cookie", f"mixed={case['mixed']}")]
        answer = declared.get(f"/api/chosen/single/{case['size']}?{case['query']}", headers=headers)
        if wrong:
            assert answer.status == 400, f"{wrong}: {answer}"
        else:
            assert found(answer)[:3] == ["Size.SMALL", "int 0", "Level.LOW"], str(answer)


@must("REQUEST-18b", kills=("request_members_of_json_are_texts", "request_keys_of_json_are_no_texts"))
def test_in_json_a_member_is_what_it_is_and_a_key_is_a_text(declared: Service) -> None:
    size, limit = chosen(sorted(SIZES)), chosen(LIMITS)
    right = declared.request("PUT", "/api/chosen/set", json={"limit": limit, "size": size})
    assert found(right) == [f"int {limit}", f"Size.{SIZES[size]}"], str(right)
    for body in ({"limit": str(limit), "size": size}, {"limit": limit, "size": str(size)}):
        refused(declared.request("PUT", "/api/chosen/set", json=body))
    keys = declared.post("/api/chosen/keys", json={str(size): limit})
    assert found(keys) == [[f"Size.{SIZES[size]}", f"int {limit}"]], str(keys)
    other = str(51 + seeded_random.below(1000))
    for wrong in ({other: limit}, {str(size): str(limit)}):
        refused(declared.post("/api/chosen/keys", json=wrong))


@must("REQUEST-18b", kills="request_keys_of_the_outermost_mapping_alone")
def test_a_key_within_a_list_and_a_member_is_a_text(declared: Service) -> None:
    size, limit, other = chosen(sorted(SIZES)), chosen(LIMITS), str(51 + seeded_random.below(1000))
    sizes, limits = {str(size): limit}, {str(limit): size}
    shown = [[f"Size.{SIZES[size]}", f"int {limit}"], [f"int {limit}", f"Size.{SIZES[size]}"]]
    keys = declared.request("PUT", "/api/chosen/keys", json={"sizes": sizes, "listed": [{}, limits]})
    assert found(keys) == shown, str(keys)
    listed = declared.request("PATCH", "/api/chosen/keys", json={"listed": [sizes, {}]})
    assert found(listed) == shown[:1], str(listed)
    for body in ({"sizes": {other: limit}, "listed": []}, {"sizes": {}, "listed": [{other: size}]}):
        refused(declared.request("PUT", "/api/chosen/keys", json=body))


@must("REQUEST-19", kills=("request_raising_type_is_a_500", "request_deep_value_is_the_whole_body"))
def test_a_value_for_which_a_type_raises_is_a_400_that_names_it(declared: Service) -> None:
    beyond = f"a%7B{10**14 + number()}%7D"
    assert errors(declared.get(f"/api/raising/pattern?pattern={beyond}")) == {("query", "pattern")}
    text = word()
    assert result(declared.get(f"/api/raising/pattern?pattern={text}%2B")) == {"pattern": f"{text}+"}
    assert result(declared.post("/api/raising/pattern", json={text: f"{text}+"})) == {text: f"{text}+"}
    for beyond in (f"a{{{10**14 + number()}}}", f"{'(' * TOO_DEEP}{text}{')' * TOO_DEEP}"):
        field = declared.request("PUT", "/api/raising/pattern", json={"pattern": beyond})
        assert errors(field) == {("body", "pattern")}
        whole = declared.post("/api/raising/pattern", json={text: text, "beyond": beyond})
        assert errors(whole) == {("body", "beyond")}


@must("REQUEST-19", kills="request_raising_type_is_a_500")
def test_a_path_that_is_too_long_is_a_400_that_names_it(declared: Service) -> None:
    library.require(declared, "pydantic")
    text = word()
    path = f"/tmp/{text}-{number()}"
    assert result(declared.get(f"/api/raising/path?new={path}")) == {"new": path}
    long = f"{TOO_LONG}{text}"
    named = errors(declared.get(f"/api/raising/path?new={long}&file={long}"))
    assert named == {("query", "new"), ("query", "file")}
    listed = declared.post("/api/raising/path", json={"paths": [path, long]})
    assert errors(listed) == {("body", "paths.1")}


@must("REQUEST-19", kills="request_iterable_is_read_late")
def test_an_item_of_an_iterable_is_a_value_like_any_other(declared: Service) -> None:
    numbers, text = [number(), 0, number()], word()
    assert result(declared.post("/api/raising/lazy", json={"numbers": numbers})) == {"numbers": numbers}
    wrong = declared.post("/api/raising/lazy", json={"numbers": [*numbers, text]})
    assert errors(wrong) == {("body", "numbers.3")}


def all_refused(target: Target, requirement: str) -> None:
    """Each declaration that the requirement is about is an error that names what it is to be known by."""
    told: dict[str, dict[str, Any]]
    told = target.probe("request_invalid_declarations", "declared", requirement=requirement).value
    assert told.pop("nothing wrong")["error"] is None, "what is right is refused"
    if not told:
        raise HarnessError("pydantic is not installed in the implementation's interpreter; install it to verify this")
    assert sorted(what for what, each in told.items() if each["error"] is None) == [], "these are taken"
    lacking = {what: each for what, each in told.items() if each["lacks"]}
    assert lacking == {}, "these are not named"


@must("REQUEST-16b", kills="request_default_uncopied_is_taken")
def test_a_default_that_cannot_be_copied_is_refused_by_name(target: Target) -> None:
    all_refused(target, "REQUEST-16b")


@must("REQUEST-17b", kills="request_field_of_any_library")
def test_a_field_that_no_parameter_can_keep_is_refused_by_name(target: Target) -> None:
    all_refused(target, "REQUEST-17b")


@must("REQUEST-18c", kills="request_member_of_nothing_is_taken")
def test_a_literal_that_no_text_becomes_is_refused_by_name(target: Target) -> None:
    all_refused(target, "REQUEST-18c")


@must("API-10c", kills="api_typevar_is_any")
def test_a_typevar_that_is_left_open_is_refused_by_name(target: Target) -> None:
    all_refused(target, "API-10c")


@must("REQUEST-21", kills="request_imports_what_a_client_names")
def test_a_type_that_imports_what_a_client_names_is_refused_by_name(target: Target) -> None:
    all_refused(target, "REQUEST-21")


@must("REQUEST-g5", kills=("request_wrong_parameter_is_no_bad_request", "request_wrong_parameter_has_no_detail"))
@pytest.mark.parametrize("query", ["?n=WORD", "?n=WORD&page=2", "?n=2&page=0"])
def test_what_is_wrong_with_a_parameter_is_a_bad_request_to_a_handler(target: Target, query: str) -> None:
    answer = target.shared("request_refused").get(f"/api/number{query.replace('WORD', word())}")
    found = answer.members()
    assert found.get("handled") == "BadRequest", str(answer)
    assert found.get("detail") is True, str(answer)


@must("REQUEST-g4", kills=("request_wrong_parameter_is_a_422", "request_bounds_of_the_query_alone"))
@pytest.mark.parametrize("place", ["path", "query", "body"])
def test_a_parameter_that_misses_its_rule_is_a_400(target: Target, place: str) -> None:
    service = target.shared("request_refused")

    def sent(number: int) -> Exchange:
        """The number in that place, beside others that keep their rules."""
        numbers = {"path": 1, "query": 1, "body": 1, place: number}
        path = f"/api/ruled/{numbers['path']}?page={numbers['query']}"
        return service.post(path, json={"size": numbers["body"]})

    kept = 1 + seeded_random.below(9)
    assert result(sent(kept)) == {"path": 1, "query": 1, "body": 1, place: kept}
    for wrong in (0, 10 + seeded_random.below(9)):
        answer = sent(wrong)
        assert answer.status == 400, str(answer)
