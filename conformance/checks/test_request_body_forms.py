"""REQUEST: forms for a `request.Body`, which takes JSON too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conformance.checks import library, malformed_bodies
from conformance.checks.malformed_bodies import FIELDS, MULTIPART, URLENCODED, Takes
from conformance.checks.problem import REFUSALS, errors, refused
from conformance.checks.random_values import number, word
from conformance.checks.request_bodies import FORMS, Pairs, of_json, sent, urlencoded
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.target.service import Service
from conformance.target.target import Target

Form = Callable[[Pairs], tuple[bytes, str]]


@pytest.fixture
def schemas(target: Target) -> Service:
    """The scenario of utype's Schemas; unverified where utype is not installed."""
    service = target.shared("request_schemas")
    library.require(service, "utype")
    return service


@pytest.fixture
def contents(target: Target) -> Service:
    return target.shared("request_bodies")


@must("REQUEST-g17", kills=("request_body_of_json_alone", "request_body_of_urlencoded_forms_alone"))
@pytest.mark.parametrize("form", FORMS)
def test_a_schema_takes_a_form_as_it_takes_json(schemas: Service, form: Form) -> None:
    for text in (f"\u00fc&=+ {word()}", "0"):
        whole = number()
        answer = sent(schemas, "schema/body", *form([("number", whole), ("word", text)]))
        assert result(answer) == {"word": text, "number": whole}, str(answer)
    answer = sent(schemas, "schema/body", *form([("number", word()), ("word", word())]))
    assert answer.status in REFUSALS, str(answer)


@must("REQUEST-g17", kills=("request_body_of_json_alone", "request_form_is_no_list_of_one"))
@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_a_list_of_one_schema(schemas: Service, form: Form) -> None:
    for _ in range(2):
        text, whole = word(), number()
        answer = sent(schemas, "schema/items", *form([("word", text), ("number", whole)]))
        assert result(answer) == [{"word": text, "number": whole}], str(answer)


@must("REQUEST-10d", kills="request_body_of_json_alone")
def test_a_form_is_a_mapping_of_texts(root: Service) -> None:
    text, other = f"\u00fc&=+ {word()}", word()
    answer = sent(root, "echo", *urlencoded([("a", word()), ("b", ""), ("a", text), (other, "0")]))
    assert result(answer) == {"a": text, "b": "", other: "0"}


@must("REQUEST-10d", kills=("request_body_of_json_alone", "request_form_takes_the_last_of_a_list"))
@pytest.mark.parametrize("form", FORMS)
def test_a_body_takes_the_fields_of_a_form_as_a_form_does(contents: Service, form: Form) -> None:
    first, second, name = number(), number(), f"\u00fc&=+ {word()}"
    pairs = [("tags", first), ("name", word()), ("tags", second), ("more", 1), ("name", name)]
    order = {"name": name, "tags": [first, second], "note": "none"}
    assert result(sent(contents, "order", *form(pairs))) == order
    assert result(sent(contents, "orders", *form(pairs))) == [order]
    assert result(sent(contents, "order", of_json(order))) == order
    assert result(sent(contents, "orders", of_json(order))) == [order]


@must("REQUEST-10d", kills=("request_form_of_a_list_named_by_index", "request_file_is_a_text"))
@pytest.mark.parametrize("form", FORMS)
def test_what_is_wrong_with_a_form_for_a_body_is_named(contents: Service, form: Form) -> None:
    for path in ("order", "orders"):
        wrong = sent(contents, path, *form([("tags", number()), ("tags", word())]))
        assert errors(wrong) == {("body", "name"), ("body", "tags.1")}, path
        name = word()
        parts = malformed_bodies.part(b'; name="name"', b"a") + malformed_bodies.part(b'; name="tags"', b"1")
        file = malformed_bodies.part(f'; name="{name}"; filename="x.txt"'.encode(), b"\xff\x00")
        answer = sent(contents, path, parts + file + malformed_bodies.END, MULTIPART)
        assert errors(answer) == {("body", name)}, path


@must("REQUEST-10d", kills=("request_json_takes_forms", "error_415_never"))
def test_what_takes_no_form_and_other_types_are_refused(contents: Service) -> None:
    for form in FORMS:
        body, kind = form([("name", word())])
        for path in ("numbers", "item", "short"):
            refused(sent(contents, path, body, kind), 415)
    for kind in ("text/plain", "application/xml", "text/xml", "multipart/mixed; boundary=limit", "x/y"):
        refused(sent(contents, "order", urlencoded([("name", "a"), ("tags", 1)])[0], kind), 415)
        refused(sent(contents, "mapping", of_json({"a": 1}), kind), 415)


@must("REQUEST-14b", kills=("request_bad_escape_kept", "request_multipart_cut_off", "request_form_nul_kept"))
def test_a_malformed_form_for_a_body_is_a_bad_request(contents: Service) -> None:
    for case in malformed_bodies.FORMS:
        if case.takes is Takes.FORM and case.status == 400:
            answer = contents.send(case.filled(word()).sent_to("/api/mapping"), "POST")
            assert answer.status == 400, f"{case.name}: {answer}"


@must("REQUEST-14c", kills=("request_form_of_any_size", "request_form_of_a_hundred_fields"))
def test_a_form_for_a_body_has_a_thousand_fields(contents: Service) -> None:
    name = word()
    answer = sent(contents, "mapping", *urlencoded([("a", 1)] * (FIELDS - 1) + [("name", name)]))
    assert result(answer) == {"a": "1", "name": name}
    refused(sent(contents, "mapping", b"a=1&" * FIELDS + b"a=1", URLENCODED), 413)
