"""Validation of large bodies, in which errors must not take more memory than the body does.

A ValidationError keeps some 400 bytes for each offence, and a list of empty objects has an offence in every three
bytes, times the required fields. So in a large body, which no one writes by hand, only the first offence of each list
and mapping is told.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from utilmeta.core.request.schemas.adapter import Adapter
from utilmeta.core.request.schemas.core_schema import OPAQUE, Schema, compile_schema, rewritten

LARGE = 64 * 1024
"""Bytes up to which every offence of a body is told, for types whose values have one offence each."""

COLLECTIONS = frozenset({"list", "set", "frozenset", "tuple", "dict"})
OBJECTS = frozenset({"model-fields", "typed-dict", "dataclass-args"})


def large(adapters: Iterable[Adapter]) -> int:
    """Return the number of bytes above which a body of these types is large."""
    return LARGE // max(offences_of(adapter.core_schema) for adapter in adapters)


def offences_of(part: Any) -> int:
    """Return how many offences the shortest value of a schema can have.

    An empty object has one for each missing field, counted for each member of the unions that it may belong to.
    """
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
    """Return how many fields of a model's schema have no default."""
    each = fields.values() if isinstance(fields, dict) else fields
    return sum(field.get("required", field["schema"]["type"] != "default") for field in each)


class Quick:
    """Validator that stops at the first offence in each collection; it is compiled at its first use."""

    def __init__(self, adapter: Adapter) -> None:
        self.adapter = adapter

    @functools.cached_property
    def validator(self) -> Any:
        """The compiled validator."""
        return compile_schema(rewritten(self.adapter.core_schema, hasty))

    def validate_json(self, text: Any) -> Any:
        """Validate a JSON text. Raises pydantic.ValidationError."""
        return self.validator.validate_json(text)

    def validate_python(self, value: Any) -> Any:
        """Validate a value. Raises pydantic.ValidationError."""
        return self.validator.validate_python(value)


def hasty(schema: Schema) -> Schema:
    """Return a core schema that fails fast, if it is the schema of a collection; any other as it is."""
    return {**schema, "fail_fast": True} if schema["type"] in COLLECTIONS else schema
