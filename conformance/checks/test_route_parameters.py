"""ROUTE: how an endpoint's parameters are bound."""

from __future__ import annotations

import json as jsonlib

import pytest

from conformance.checks.problem import REFUSALS
from conformance.checks.random_values import number, word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.target.service import Service


@must("ROUTE-5", kills="route_values_not_converted")
def test_path_parameters_bind_and_convert(root: Service) -> None:
    name, part = word(), number()
    assert result(root.get(f"/api/path/{part}")) == {"number": part}
    assert result(root.get(f"/api/item/{name}/part/-{part}")) == {"item": name, "number": -part}
    assert result(root.get(f"/api/word/{part}")) == {"word": str(part)}


@must("ROUTE-5", kills="route_values_not_converted")
def test_query_parameters_bind_and_convert(root: Service) -> None:
    text, a, b = word(), number(), number()
    assert result(root.get(f"/api/plus?b=-{b}&a={a}")) == a - b
    found = result(root.get(f"/api/query?number={a}&flag=true&text={text}"))
    assert found == {"text": text, "number": a, "flag": True}
    assert result(root.get(f"/api/bounded?page=9&name={text[:3]}")) == {"page": 9, "name": text[:3]}


@must("ROUTE-5", kills="route_values_not_converted")
@pytest.mark.parametrize(("sent", "meant"), [("true", True), ("false", False)])
def test_a_boolean_converts(root: Service, sent: str, meant: bool) -> None:
    found = result(root.get(f"/api/query?flag={sent}&number=1"))
    assert found == {"text": "none", "number": 1, "flag": meant}
    assert type(found["flag"]) is bool, str(found)


@must("ROUTE-5b", kills="route_values_not_converted")
@pytest.mark.parametrize(("sent", "meant"), [("1", True), ("0", False)])
def test_a_digit_converts_to_a_boolean(root: Service, sent: str, meant: bool) -> None:
    found = result(root.get(f"/api/query?flag={sent}&other=1"))
    assert found == {"text": "none", "number": None, "flag": meant}
    assert type(found["flag"]) is bool, str(found)


@must("ROUTE-5", kills="route_default_is_none")
def test_what_is_not_sent_has_its_default(root: Service) -> None:
    text = word()
    assert result(root.get("/api/query")) == {"text": "none", "number": None, "flag": False}
    assert result(root.post("/api/fields", json={"name": text})) == {"name": text, "size": 1}


@must("ROUTE-5b", kills="route_only_the_last_of_a_list")
def test_a_repeated_query_parameter_binds_to_a_list(root: Service) -> None:
    one, two = word(), word()
    assert result(root.get("/api/many")) == {"tag": []}
    assert result(root.get(f"/api/many?tag={one}&tag={two}&tag={one}")) == {"tag": [one, two, one]}
    assert result(root.get(f"/api/many?tag={one}")) == {"tag": [one]}


@must("ROUTE-5", kills="route_alias_ignored")
def test_an_alias_is_the_name_that_is_sent(root: Service) -> None:
    value = number()
    assert result(root.get(f"/api/renamed?as-sent={value}")) == {"value": value}


@must("REQUEST-6c", kills="route_alias_ignored")
def test_the_name_that_an_alias_stands_for_is_not_taken(root: Service) -> None:
    assert root.get(f"/api/renamed?value={number()}").status in REFUSALS


@must("ROUTE-5", kills="route_header_asked_for_as_declared")
@pytest.mark.parametrize("name", ["X-Count", "x-count", "X-COUNT"])
def test_a_header_parameter_binds_whatever_the_case_of_its_name(root: Service, name: str) -> None:
    value = number()
    assert result(root.get("/api/header", headers=[(name, str(value))])) == {"count": value}


@must("ROUTE-5", kills=("route_second_cookie_not_found", "route_values_not_converted"))
def test_a_cookie_parameter_binds_and_converts(root: Service) -> None:
    value = number()
    found = result(root.get("/api/cookie", headers=[("Cookie", f"other={number()}; session={value}")]))
    assert found == {"session": value}


@must("ROUTE-5", kills="route_body_read_as_latin1")
def test_a_body_binds_whole(root: Service) -> None:
    data = {word(): [number(), None, {"é": word(), "deep": [True, 2.5]}], "empty": {}}
    body = jsonlib.dumps(data, ensure_ascii=False).encode()
    assert result(root.post("/api/echo", headers=[("Content-Type", "application/json")], body=body)) == data


@must("ROUTE-5", kills="request_body_field_by_place")
def test_fields_of_a_body_bind(root: Service) -> None:
    name, size = f"é{word()}", number()
    body = jsonlib.dumps({"size": size, "name": name}, ensure_ascii=False).encode()
    answer = root.post("/api/fields", headers=[("Content-Type", "application/json")], body=body)
    assert result(answer) == {"name": name, "size": size}


@must("ROUTE-5b", kills="route_values_not_converted")
def test_a_text_in_json_converts_and_more_than_is_declared_is_ignored(root: Service) -> None:
    name, size = word(), number()
    sent = {"size": str(size), "name": name, "more": 1}
    assert result(root.post("/api/fields", json=sent)) == {"name": name, "size": size}
