"""Large bodies: what is wrong with one is told, and takes no more memory than it does."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, TypedDict

import msgspec
import pydantic
import pytest
from fake import Client

from utilmeta.core import api, request
from utilmeta.core.request.body.large import LARGE, large
from utilmeta.core.request.schemas.adapter import compile_adapter


class Model(pydantic.BaseModel):
    number: int
    config: dict[str, int] = {}  # a name that schemas of pydantic have a use for, too
    inner: list[Model] = []


@dataclasses.dataclass
class Data:
    number: int
    config: dict[str, int] = dataclasses.field(default_factory=dict)


class Keys(TypedDict):
    number: int


class Struct(msgspec.Struct):
    number: int
    numbers: list[int] = []


class RootAPI(api.API):
    @api.post
    def model(self, items: list[Model] = request.Body) -> Any:
        return len(items)

    @api.post
    def data(self, items: list[Data] = request.Body) -> Any:
        return len(items)

    @api.post
    def keys(self, items: list[Keys] = request.Body) -> Any:
        return len(items)

    @api.post
    def struct(self, items: list[Struct] = request.Body) -> Any:
        return len(items)

    @api.post
    def fields(self, items: list[Model] = request.BodyParam(), name: str = request.BodyParam()) -> Any:
        return [len(items), name]

    @api.post
    def single(self, item: Struct = request.Body) -> Any:
        return len(item.numbers)


client = Client(RootAPI, limit=1_000_000)


def told(path: str, value: Any) -> Any:
    body = json.dumps(value).encode()
    assert len(body) > LARGE
    answer = client.post(path, body, "application/json")
    return answer.json if answer.status == 200 else {error["name"]: error["reason"] for error in answer.json["errors"]}


@pytest.mark.parametrize("path", ["/model", "/data", "/keys", "/struct"])
def test_of_a_large_list_the_first_wrong_item_is_named(path: str) -> None:
    right = [{"number": number} for number in range(5000)]
    assert told(path, right) == 5000
    assert told(path, [*right, *[{}] * 5000]) == {"5000.number": "is required"}


def test_so_it_is_in_what_a_large_body_holds() -> None:
    wrong = {"number": 1, "inner": [{}] * 19_000, "config": {"a": "b", "c": "d"}}
    assert list(told("/model", [wrong, {}])) == ["0.config.a", "0.inner.0.number"]
    assert list(told("/fields", {"items": [wrong, {}]})) == ["items.0.config.a", "items.0.inner.0.number", "name"]


def test_what_another_library_finds_is_not_all_looked_for() -> None:
    reason = {"item": "more than 1000 values in it are missing or do not convert"}
    assert told("/single", {"number": 1, "numbers": [{}] * 19_000}) == reason


def test_a_body_is_large_sooner_where_one_value_can_be_wrong_in_several_ways() -> None:
    class Wide(pydantic.BaseModel):
        a: int
        b: int
        c: int = 0

    def bytes_of(annotation: Any) -> int:
        return large([compile_adapter(annotation, "it")])

    assert bytes_of(int) == bytes_of(list[Keys]) == bytes_of(dict[str, Model]) == LARGE
    assert bytes_of(list[Wide]) == LARGE // 2
    assert bytes_of(list[Wide | Model]) == LARGE // 3
    assert large([compile_adapter(int, "one"), compile_adapter(list[Wide], "other")]) == LARGE // 2
