"""REQUEST: headers that hold JSON, and markers that are given the name by position."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.checks import library
from conformance.checks.problem import errors
from conformance.checks.random_values import number, word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def asked(target: Target) -> Service:
    return target.shared("request_json_headers")


def objects() -> list[dict[str, Any]]:
    """Objects of JSON, some of whose members are false."""
    whole = {"n": number(), "text": word(), "list": [word(), 0], "object": {"a": None}, "no": False}
    return [{"n": number()}, {word(): ""}, whole, {}]


def sent(service: Service, path: str, text: str) -> Exchange:
    return service.get(f"/api/{path}", headers=[("X-Word", "w"), ("X-Data", text)])


def wrong(answer: Exchange) -> set[tuple[str, str]]:
    """The fields that a 400 names, in lower case: names of headers are without regard to it."""
    return {(place, name.lower()) for place, name in errors(answer)}


@must("REQUEST-g24", kills="request_marker_name_by_position_ignored")
def test_a_marker_takes_the_name_by_position(asked: Service) -> None:
    for _ in range(2):
        token, kind, session = f"Bearer {word()}", word(), word()
        headers = [("Authorization", token), ("Cookie", f"session-of={session}")]
        answer = asked.get(f"/api/named?%40type={kind}", headers=headers)
        assert result(answer) == {"values": [token, kind, session]}


@must("REQUEST-g25", kills="request_schema_of_headers_without_json")
def test_a_dict_of_a_schema_of_headers_is_read_from_json(asked: Service) -> None:
    library.require(asked, "utype")
    for data in objects():
        assert result(sent(asked, "schema/headers", json.dumps(data))) == {"word": "w", "data": data}


@must("REQUEST-g26", kills="request_header_of_json_is_empty")
def test_a_dict_that_is_a_header_is_read_from_json(asked: Service) -> None:
    for data in objects():
        assert result(sent(asked, "json/plain", json.dumps(data))) == {"data": data}


@must("REQUEST-22", kills=("request_header_of_json_as_python_reads_it", "request_header_of_json_of_any_length"))
def test_what_is_no_such_object_is_named(asked: Service) -> None:
    for text in ("", "{", word(), "[]", "0", "null", '""', "{'a': 1}", '{"a": NaN}', '{"a": 1, "a": 2}', '{"a": 1},{}'):
        assert wrong(sent(asked, "json/plain", text)) == {("header", "x-data")}, text
    name = word().lower()
    for text in ("{}", '{"a": 1, "b": 2, "c": 3}', "[1]"):
        assert wrong(sent(asked, "json/numbers", text)) == {("header", "x-data")}, text
    assert wrong(sent(asked, "json/numbers", json.dumps({name: word()}))) == {("header", f"x-data.{name}")}
    data = {name: number(), "b": 0}
    assert result(sent(asked, "json/numbers", json.dumps(data))) == {"data": data}


@must("REQUEST-22", kills="request_header_of_json_has_no_regex")
def test_a_regex_judges_the_text_of_a_mapping(asked: Service) -> None:
    data = {word(): number()}
    assert result(sent(asked, "json/told", json.dumps(data, separators=(",", ":")))) == {"data": data}
    assert result(asked.get("/api/json/told")) == {"data": None}
    assert wrong(sent(asked, "json/told", json.dumps(data))) == {("header", "x-data")}
