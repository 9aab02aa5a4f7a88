"""Walking and rewriting of pydantic's core schemas, from which validators of parameters are compiled.

A schema is a mapping with a ``type``. It stands within another one, in a list or mapping of it, or in a tuple with a
label. All else, and the parts that belong to the author (`OPAQUE`), is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pydantic_core

Schema = Mapping[str, Any]
Change = Callable[[Schema], Schema]

OPAQUE = frozenset(
    {"config", "metadata", "cls", "default", "function", "expected", "members", "serialization", "custom_error_context"}
)


def rewritten(schema: Schema, change: Change) -> Schema:
    """Return ``schema`` with each schema in it replaced by ``change``, the innermost first.

    It is returned itself where nothing changes.
    """
    made: dict[str, Any] | None = None
    for key, part in schema.items():
        if key not in OPAQUE:
            inner = rewritten_part(part, change)
            if inner is not part:
                made = dict(schema) if made is None else made
                made[key] = inner
    return change(schema if made is None else made)


def rewritten_part(part: Any, change: Change) -> Any:
    """Rewrite a part of a schema, which may be a schema, a collection of them, or neither."""
    if isinstance(part, Mapping):
        if isinstance(part.get("type"), str):
            return rewritten(part, change)
        named = {name: rewritten_part(each, change) for name, each in part.items()}
        return part if all(named[name] is each for name, each in part.items()) else named
    if isinstance(part, (list, tuple)):
        items = [rewritten_part(each, change) for each in part]
        return part if all(now is before for now, before in zip(items, part, strict=True)) else type(part)(items)
    return part


def compile_schema(schema: Schema) -> Any:
    """Return the validator of a rewritten schema, without validators that models bring along."""
    make: Any = pydantic_core.SchemaValidator
    try:
        return make(schema, _use_prebuilt=False)  # else models within it would use their own, unchanged ones
    except TypeError:  # a release without this option
        return make(schema)


def definitions_of(schema: Schema) -> Mapping[str, Schema]:
    """Return the schemas that ``schema`` defines once and refers to, by their references."""
    found: dict[str, Schema] = {}

    def collect(part: Schema) -> Schema:
        if part["type"] == "definitions":
            found.update((definition["ref"], definition) for definition in part["definitions"])
        return part

    rewritten(schema, collect)
    return found
