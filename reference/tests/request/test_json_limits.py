"""How much JSON is taken: bytes, and values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pydantic
import pytest
from fake import Client, FakeRequest

from utilmeta.core import api, request
from utilmeta.core.request.body.json import parse_json
from utilmeta.core.request.body.json_limits import JSONLimits, has_more_values, json_limits
from utilmeta.core.request.schemas.adapter import compile_adapter
from utilmeta.utils.exceptions import BadRequest, RequestEntityTooLarge


@pytest.fixture(autouse=True)
def few() -> Iterator[None]:
    token = json_limits.set(JSONLimits(100, 10))
    yield
    json_limits.reset(token)


def values_of(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(values_of, inner))


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        [[]],
        [{}, [], "", 1, True],
        {"a": {"b": {"c": []}}},
        ['",[{', "\\", '\\"', "[]", "{}", ","],
        {',"[': [1, 2], "\\": {}},
        [[[1, 2], [3]], {"a": 1, "b": [None]}],
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_values_are_counted_and_nothing_else(value: Any, indent: int | None) -> None:
    body, count = json.dumps(value, indent=indent).encode(), values_of(value)
    assert (has_more_values(body, count), has_more_values(body, count - 1)) == (False, True)


def test_past_its_limits_json_is_not_parsed() -> None:
    assert parse_json(b"[1]".ljust(100)) == [1]
    with pytest.raises(RequestEntityTooLarge, match="100 bytes"):
        parse_json(b"[1]".ljust(101))
    assert parse_json(b"[%s]" % b",".join([b"1"] * 9)) == [1] * 9
    with pytest.raises(RequestEntityTooLarge, match="10 values"):
        parse_json(b"[%s]" % b",".join([b"1"] * 10))
    with pytest.raises(BadRequest):
        parse_json(b'"' * 99)


def test_json_in_a_text_has_the_limit_too() -> None:
    validate = compile_adapter(list[pydantic.Json[Any]], "it").validate_json
    assert validate(json.dumps([json.dumps([1] * 9)]).encode()) == [[1] * 9]
    with pytest.raises(pydantic.ValidationError, match="max_json_values"):
        validate(json.dumps([json.dumps([1] * 10)]).encode())


@pytest.mark.parametrize("body", [b"[1e999]", b'{"a": [[-1e400]]}', b"-1e999"])
def test_a_number_that_no_double_holds_is_found_wherever_it_is(body: bytes) -> None:
    with pytest.raises(BadRequest, match="out of range"):
        parse_json(body)


def test_no_more_is_read_of_json_than_is_taken() -> None:
    class RootAPI(api.API):
        @api.post
        def numbers(self, numbers: list[int] = request.Body) -> Any:
            return len(numbers)

        @api.post
        def text(self, text: str = request.Body(content_type="text/plain")) -> Any:
            return {"length": len(text)}

    client = Client(RootAPI, limit=1000, json_limit=100)
    assert client.post("/numbers", b"[1]".ljust(100), "application/json").json == 1
    for kind in ("application/json", ""):
        answer = client.post("/numbers", b"[1]".ljust(101), kind)
        assert (answer.status, answer.json["detail"]) == (413, "The JSON body is larger than 100 bytes (max_json_size)")
        assert FakeRequest("POST", "/", {"content-type": kind}).has_json
    assert FakeRequest("POST", "/").has_json
    assert client.post("/text", b"a" * 1000, "text/plain").json == {"length": 1000}
