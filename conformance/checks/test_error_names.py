"""ERROR: what a 400 calls that which is wrong, whatever its type is made of."""

from __future__ import annotations

import pytest

from conformance.checks import library
from conformance.checks.problem import named
from conformance.checks.random_values import chosen, number, word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def declared(target: Target) -> Service:
    return target.shared("request_declarations")


def errors(answer: Exchange) -> set[tuple[str, str]]:
    """What a 400 names, which it names once."""
    found = named(answer)
    assert sorted(set(found)) == sorted(found), str(answer)
    return set(found)


@must("ERROR-2c", kills="error_names_of_union_members")
def test_a_value_of_several_types_is_named_as_it_was_to_be_sent(declared: Service) -> None:
    text = word()
    answer = declared.get(f"/api/named/single?ref={text}", headers=[("X-Ref", f"{number()}, {text}")])
    assert errors(answer) == {("query", "ref"), ("header", "X-Ref.1")}
    right = str(number())
    answer = declared.get(f"/api/named/single?ref={right}", headers=[("X-Ref", f"{right}, {right}")])
    assert result(answer) == {"ref": right, "refs": [right, right]}


@must("ERROR-2c", kills=("error_names_of_union_members", "error_every_member_of_a_union"))
def test_a_field_of_one_of_several_models_is_named_by_its_path(declared: Service) -> None:
    text, right = word(), number()
    order = {
        "pay": {"number": text, "holder": text},
        "ref": text,
        "parts": [{"number": text}, {"iban": right}, {"iban": text}],
        "nested": [right, text],
    }
    named = errors(declared.post("/api/named/order", json=order))
    assert named == {("body", name) for name in ("pay.number", "ref", "parts.0.number", "parts.2.iban", "nested.1")}
    fields = {"pay": {"iban": text}, "ref": text}
    named = errors(declared.request("PUT", "/api/named/order", json=fields))
    assert named == {("body", "pay.iban"), ("body", "ref")}
    named = errors(declared.request("PUT", "/api/named/order", json={"pay": text, "ref": right}))
    assert named == {("body", "pay")}


@must("ERROR-2c", kills="error_names_of_keys")
def test_a_key_is_named_as_it_was_sent(declared: Service) -> None:
    text, right = word(), number()
    counts = {"[key]": {text: right, str(right): text}, text: {"1": 0}}
    order = {"pay": {"iban": right}, "counts": counts}
    named = errors(declared.post("/api/named/order", json=order))
    assert named == {("body", f"counts.[key].{text}"), ("body", f"counts.[key].{right}")}


@must("ERROR-2c", kills="error_names_of_constrained_keys")
def test_a_key_that_misses_a_bound_is_named_as_it_was_sent(declared: Service) -> None:
    text = word()
    library.require(declared, "pydantic")
    answer = declared.post("/api/field/keyed", json={text: 0, "[key]": 0, text[:4]: 0})
    assert errors(answer) == {("body", text), ("body", "[key]")}


@must("ERROR-2c", kills="error_names_that_look_like_labels")
def test_a_name_that_looks_like_a_label_stays(declared: Service) -> None:
    text = word()
    odd = chosen(["function-after[f(), int]", "list[int]", "lax-or-strict[int,str]"])
    counts = {"int": text, "uuid": text, "[key]": text, odd: text, text: 0}
    named = errors(declared.post("/api/named/names", json=counts))
    assert named == {("body", name) for name in ("int", "uuid", "[key]", odd)}
    library.require(declared, "pydantic")
    answer = declared.post("/api/field/tagged", json={"function-after[x]": text, "int": text})
    assert errors(answer) == {("body", "function-after[x]"), ("body", "int")}
    pet = {"pet": {"kind": "cat", "lives": text}}
    assert errors(declared.post("/api/field/pet", json=pet)) == {("body", "pet.lives")}


@must("ERROR-2c", kills=("error_file_is_missing_too", "error_file_of_a_form_is_missing_too"))
def test_a_file_in_place_of_a_text_is_named_once(declared: Service) -> None:
    boundary, text = word(), word()
    types = [("Content-Type", f"multipart/form-data; boundary={boundary}")]

    def multipart(*names: str) -> bytes:
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{text}"\r\n\r\n{text}\r\n'
            for name in names
        ]
        return "".join([*parts, f"--{boundary}--\r\n"]).encode()

    answer = declared.post("/api/named/form", body=multipart("note", "ref"), headers=types)
    assert errors(answer) == {("body", "note"), ("body", "ref")}
    answer = declared.request("PUT", "/api/named/form", body=multipart("number"), headers=types)
    assert errors(answer) == {("body", "number")}
    undeclared = word()
    answer = declared.request("PUT", "/api/named/form", body=multipart(undeclared), headers=types)
    assert errors(answer) == {("body", "number"), ("body", undeclared)}
