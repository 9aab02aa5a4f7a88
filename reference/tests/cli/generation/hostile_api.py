"""API whose names and texts would break a module that is written of them: ``generated/typed_hostile.py`` is it."""

from __future__ import annotations

import dataclasses
import enum
from typing import Any, Literal

import pydantic
from typing_extensions import TypedDict

from utilmeta.core import api, request
from utilmeta.core.response import Response

TEXT = '\'"""\\\n\r\t\x00\x7f\u2028é {x} %s {{'
CODE = '"); import os; os.abort() #'

Choice: Any = enum.Enum("Choice", {"class": TEXT, "mro_": CODE, "1a": "", "__dunder": "a", "a b": "b", "name": "c"})
Map: Any = TypedDict("Map", {"class": int, CODE: "list[str]", "a-b": Literal[TEXT]})  # type: ignore[misc]
Made: Any = dataclasses.make_dataclass("Made", [("list", "int"), ("str_", "str", CODE), ("__mangled", "int", 0)])
list_: Any = type("list", (pydantic.BaseModel,), {"__annotations__": {"str": int, "int": str}, "__module__": __name__})
Odd: Any = pydantic.create_model(
    "x: pass\nimport os",
    __doc__=TEXT + '\n\n  """ ' + CODE + ' ends in a quote"',
    model_config_=(list[list_], []),
    list=(list[int] | None, pydantic.Field(None, alias=CODE)),
    set=(dict[str, Map], pydantic.Field({}, validation_alias=pydantic.AliasChoices(TEXT, "set"))),
    Any=(Any, TEXT),
)


class Response_(Response):
    result_key = TEXT


def called(self: Any, value: Odd = request.Body) -> Response_: ...


def api_(self: Any, class_: str = request.QueryParam(CODE, default=TEXT), self_: Choice = Choice("a")) -> Made: ...


def request_(self: Any, Client: list_ = request.Query, Response: bytes = b"'\"\xff") -> list[list_]: ...


api_.__doc__ = '"' + TEXT + "\\"
space: dict[str, Any] = {"__doc__": "\\"}
for each, name in enumerate(["import", "a-b", "_call", "list", "type", "str", "Any", "api", "cli", "options"]):
    made = (called, api_, request_)[each % 3]
    copy: Any = type(called)(made.__code__, made.__globals__, name, made.__defaults__)
    copy.__annotations__, copy.__doc__, copy.__module__ = dict(made.__annotations__), made.__doc__, __name__
    space[name] = (api.post if made is called else api.get)(f"at{each} '\"ü")(copy)
Sub: Any = type("1\n", (api.API,), space)


class API(api.API):
    None_: Sub = api.route("{class}/\"'")
    field: Sub = api.route("\\n{_id}/{self}")
