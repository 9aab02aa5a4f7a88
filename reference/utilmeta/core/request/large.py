"""Large bodies, validated so that what is wrong with one takes no more memory than it does.

A ValidationError keeps some 400 bytes of each offence, and a list of empty objects has one in three bytes. So of a
large body, which nobody writes by hand, the first offence in each list and mapping stands for all that are there.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import pydantic
import pydantic_core

LARGE = 64 * 1024
"""Bytes; of a body that has no more every offence is told."""

COLLECTIONS = frozenset({"list", "set", "frozenset", "tuple", "dict"})
OPAQUE = frozenset({"config", "metadata", "cls", "default"})


class Quick:
    """What ``adapter`` validates, up to the first offence in each collection. Made when it is first asked."""

    def __init__(self, adapter: pydantic.TypeAdapter[Any]) -> None:
        self.adapter = adapter

    @functools.cached_property
    def validator(self) -> Any:
        schema: Any = hasty(self.adapter.core_schema)
        make: Any = pydantic_core.SchemaValidator
        try:
            return make(schema, _use_prebuilt=False)  # else models within it would bring their own, which go on
        except TypeError:  # of a release that knows of none
            return make(schema)

    def validate_json(self, text: Any) -> Any:
        return self.validator.validate_json(text)

    def validate_python(self, value: Any) -> Any:
        return self.validator.validate_python(value)


def hasty(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema of pydantic's core, each collection of which fails fast."""
    made = {key: part if key in OPAQUE else inner(part) for key, part in schema.items()}
    return {**made, "fail_fast": True} if schema["type"] in COLLECTIONS else made


def inner(part: Any) -> Any:
    """What stands in a schema: another one, several, some by name, or a plain value."""
    if isinstance(part, Mapping):
        named = not isinstance(part.get("type"), str)
        return {name: inner(each) for name, each in part.items()} if named else hasty(part)
    return type(part)(map(inner, part)) if isinstance(part, (list, tuple)) else part
