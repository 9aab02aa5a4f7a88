"""Large bodies, validated so that what is wrong with one takes no more memory than it does.

A ValidationError keeps some 400 bytes of each offence, and a list of empty objects has one in three bytes, or as many
as an object has required fields. So of a large body, which nobody writes by hand, the first offence in each list and
mapping stands for all that are there.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from utilmeta.core.request.schemas.adapter import Adapter
from utilmeta.core.request.schemas.core_schema import OPAQUE, Schema, compile_schema, rewritten

LARGE = 64 * 1024
"""Bytes; of a body that has no more every offence is told, where one value has no more than one."""

COLLECTIONS = frozenset({"list", "set", "frozenset", "tuple", "dict"})
OBJECTS = frozenset({"model-fields", "typed-dict", "dataclass-args"})


def large(adapters: Iterable[Adapter]) -> int:
    """The bytes from which on a body of these is large."""
    return LARGE // max(offences_of(adapter.core_schema) for adapter in adapters)


def offences_of(part: Any) -> int:
    """How many offences the least value can have: an empty object, for each field that is missing, and that for each
    member of the unions it may be of."""
    if isinstance(part, dict):
        kind = part.get("type")
        if kind == "union":
            return sum(map(offences_of, part["choices"]))
        inner = (offences_of(each) for key, each in part.items() if key not in OPAQUE)
        return max(1, required(part["fields"]) if kind in OBJECTS and "fields" in part else 0, *inner)
    if isinstance(part, (list, tuple)):
        return max(map(offences_of, part), default=1)
    return 1


def required(fields: Any) -> int:
    """How many fields have no default."""
    each = fields.values() if isinstance(fields, dict) else fields
    return sum(field.get("required", field["schema"]["type"] != "default") for field in each)


class Quick:
    """What ``adapter`` validates, up to the first offence in each collection. Made when it is first asked."""

    def __init__(self, adapter: Adapter) -> None:
        self.adapter = adapter

    @functools.cached_property
    def validator(self) -> Any:
        return compile_schema(rewritten(self.adapter.core_schema, hasty))

    def validate_json(self, text: Any) -> Any:
        return self.validator.validate_json(text)

    def validate_python(self, value: Any) -> Any:
        return self.validator.validate_python(value)


def hasty(schema: Schema) -> Schema:
    """A schema of pydantic's core, which fails fast if it is that of a collection."""
    return {**schema, "fail_fast": True} if schema["type"] in COLLECTIONS else schema
