"""Answers that are made up: of every type that a template may have, the same at each run (CLIENT-g29)."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import decimal
import enum
import subprocess
import sys
import uuid
from typing import Annotated, Any, Literal

import pydantic
import pytest
from typing_extensions import NotRequired, TypedDict

from utilmeta.core import api, request
from utilmeta.core.cli import ArgumentError, Client
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import DeclarationError


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Owner(pydantic.BaseModel):
    name: str = pydantic.Field(alias="fullName", min_length=3, max_length=5)
    parent: Owner | None = None


@dataclasses.dataclass
class Point:
    x: int
    tags: list[str]


class Size(TypedDict):
    width: int
    depth: NotRequired[float]


class Pet(pydantic.BaseModel):
    number: int = pydantic.Field(ge=10, le=20, multiple_of=5)
    share: float = pydantic.Field(gt=0, lt=1)
    code: str = pydantic.Field(pattern=r"^[A-Z]{3}-\d{4}$")
    color: Color
    kind: Literal["cat", "dog"]
    price: decimal.Decimal = pydantic.Field(max_digits=5, decimal_places=2)
    born: datetime.datetime
    day: datetime.date
    past: pydantic.PastDate
    future: pydantic.FutureDatetime
    aware: pydantic.AwareDatetime
    key: uuid.UUID
    owner: Owner
    either: int | list[Owner]
    owners: dict[str, Owner]
    point: Point
    size: Size
    few: list[int] = pydantic.Field(min_length=2, max_length=3)
    url: pydantic.HttpUrl


class Counted(pydantic.BaseModel):
    count: int = pydantic.Field(alias="X-Count", ge=3)


class Listed(Response[list[Pet]]):
    status = 201
    result_key = "data"
    count_key = "total"
    message_key = "text"
    headers: Counted


class Fine(Response[int]):
    status = 200


def refuse(value: str) -> str:
    raise ValueError(value)


class Pets(Client):
    seen: list[Any]

    @api.get("pet/{id}")
    def pet(self, id: int) -> Response[Pet]: ...

    @api.get
    def listed(self) -> Listed | Response: ...

    @api.get
    def first(self) -> Response[Pet] | Fine: ...

    @api.get
    def plain(self): ...

    @api.get
    def none(self) -> Response[None]: ...

    @api.get
    def number(self) -> Response[Annotated[int, pydantic.Field(gt=5, json_schema_extra={})]]: ...

    @api.get
    def refused(self) -> Response[Annotated[str, pydantic.AfterValidator(refuse)]]: ...

    @api.post
    async def awaited(self, data: Owner = request.Body) -> Response[Owner]: ...

    def process_request(self, request: Any) -> None:
        self.seen = [*getattr(self, "seen", ()), request.url]

    def process_response(self, response: Any) -> None:
        self.seen.append(response.status)


@pytest.fixture
def pets() -> Pets:
    return Pets(mock=True)


def test_a_value_of_every_type_is_made_up(pets: Pets) -> None:
    answer = pets.pet(id=1)
    assert (answer.status, type(answer.result), answer.result.number % 5) == (200, Pet, 0)
    assert pets.seen == ["http://mock.invalid/pet/1", 200]
    assert pets.first().result == answer.result
    assert pets.number().result > 5
    assert asyncio.run(pets.awaited(data=Owner(fullName="Tim"))).result.name


def test_a_template_has_its_status_keys_and_headers(pets: Pets) -> None:
    answer = pets.listed()
    assert isinstance(answer, Listed)
    assert (answer.status, answer.count, answer.message, answer.headers.count >= 3) == (201, 1, "", True)
    assert answer.data == {"total": 1, "text": "", "data": answer.data["data"]}


def test_there_is_no_data_where_there_is_no_template(pets: Pets) -> None:
    assert [(each.status, each.data) for each in (pets.plain(), pets.none(), pets.get("x"))] == [(200, None)] * 3


def test_arguments_are_checked_and_each_answer_is_its_own(pets: Pets) -> None:
    with pytest.raises(ArgumentError, match="id"):
        pets.pet(id="one")
    pets.pet(id=1).data.clear()
    assert pets.pet(id=1).data


def test_what_cannot_be_made_up_is_named(pets: Pets) -> None:
    with pytest.raises(DeclarationError, match=r"GET http://mock.invalid/refused: mock=True .*result"):
        pets.refused()


def test_types_of_msgspec_and_utype_are_made_up() -> None:
    code = """
import msgspec, utype
from utilmeta.core import api
from utilmeta.core.cli import Client
from utilmeta.core.response import Response

class Age(int, utype.Rule):
    ge = 3
    le = 9

class Pet(utype.Schema):
    name: str = utype.Field(alias="fullName", min_length=3, max_length=6)
    age: Age
    code: str = utype.Field(regex="[A-Z]{3}", length=3)

class Point(msgspec.Struct):
    x: int

class Pets(Client):
    @api.get
    def pets(self) -> Response[list[Pet]]: ...
    @api.get
    def point(self) -> Response[dict[str, Point]]: ...

[pet], points = Pets(mock=True).pets().result, Pets(mock=True).point().result
assert 3 <= pet.age <= 9 and 3 <= len(pet.name) <= 6 and len(pet.code) == 3
print(dict(pet), points)
"""
    if sys.version_info >= (3, 14):
        pytest.skip("utype reads no annotations there")
    run = [sys.executable, "-c", code]
    told = [subprocess.run(run, capture_output=True, text=True, timeout=60, check=False) for _ in range(2)]
    assert [each.returncode for each in told] == [0, 0], told[0].stderr
    assert told[0].stdout == told[1].stdout


def test_polyfactory_is_named_where_it_is_missing(pets: Pets, monkeypatch: pytest.MonkeyPatch) -> None:
    from utilmeta.core.cli.mock.connections import parts_of

    parts_of.cache_clear()
    monkeypatch.setitem(sys.modules, "polyfactory.exceptions", None)
    with pytest.raises(ImportError, match="pip install polyfactory"):
        pets.pet(id=1)
