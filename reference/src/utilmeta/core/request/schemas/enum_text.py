"""Conversion of texts to members of a Literal or an Enum, by their values, whatever types these have (REQUEST-18).

pydantic takes only the value itself, which a text can equal only if it is a text too. Here a text becomes the member
whose value is that text, or else the first member whose value equals the text converted to the values' types.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pydantic
import pydantic_core

from utilmeta.core.request.schemas.core_schema import Schema, definitions_of, rewritten

KINDS = ("literal", "enum")

# The attribute of another library's validator that holds the one for texts.
OF_TEXTS = "of_texts"


def converting(schema: Schema) -> Schema:
    """Return a core schema with its Literal, Enum or tags changed to accept texts; any other as it is."""
    kind = schema["type"]
    if kind in KINDS:
        convert = converter(members_of(schema))
        if convert is None:
            return schema
        function = {"type": "no-info", "function": convert}
        made: dict[str, Any] = {"type": "function-before", "function": function, "schema": without_name(schema)}
        return {**made, "ref": schema["ref"]} if "ref" in schema else made
    if kind == "function-plain" and hasattr(schema["function"]["function"], OF_TEXTS):
        function = {**schema["function"], "function": getattr(schema["function"]["function"], OF_TEXTS)}
        return {**schema, "function": function}
    if kind == "tagged-union":
        if all(isinstance(tag, str) for tag in schema["choices"]):
            return schema
        return {**schema, "choices": {str(tag): choice for tag, choice in schema["choices"].items()}}
    return schema


def keyed(schema: Schema) -> Schema:
    """Return a core schema whose mappings take texts as keys of Literals and Enums, because keys of JSON are texts."""
    definitions: Mapping[str, Schema] = {}

    def with_keys(part: Schema) -> Schema:
        if part["type"] != "dict" or "keys_schema" not in part:
            return part
        keys = rewritten(part["keys_schema"], in_place)
        return part if keys is part["keys_schema"] else {**part, "keys_schema": keys}

    def in_place(part: Schema) -> Schema:
        if part["type"] == "definition-ref":
            nonlocal definitions
            definitions = definitions or definitions_of(schema)
            found = definitions.get(part["schema_ref"], part)
            return converting(without_name(found)) if found["type"] in KINDS else part
        return converting(part)

    return rewritten(schema, with_keys)


def without_name(schema: Schema) -> Schema:
    """Return a core schema without its reference."""
    return {key: part for key, part in schema.items() if key != "ref"}


def members_of(schema: Schema) -> Iterable[tuple[Any, Any]]:
    """Return the values of a Literal's or Enum's members, each with the member."""
    members = schema["expected"] if schema["type"] == "literal" else schema["members"]
    return [(member.value if isinstance(member, enum.Enum) else member, member) for member in members]


def takes_text(schema: Schema) -> bool:
    """Return whether some text becomes a member of this Literal or Enum."""
    if "missing" in schema:
        return True
    members = members_of(schema)
    return any(type(value) is str for value, _ in members) or bool(compiled(members))


def converter(members: Iterable[tuple[Any, Any]]) -> Callable[[Any], Any] | None:
    """Return a function that turns a text into its member, and any other value into itself.

    None where pydantic does so itself.
    """
    exact = {value: member for value, member in members if isinstance(value, str)}
    groups = compiled(members)
    if not groups and all(value is member for value, member in exact.items()):
        return None

    def convert(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        if text in exact:
            return exact[text]
        for validate, known in groups:
            try:
                value = validate(text)
            except pydantic.ValidationError:
                continue
            if value in known:
                return known[value]
        return text

    return convert


def compiled(members: Iterable[tuple[Any, Any]]) -> list[tuple[Callable[[Any], Any], Mapping[Any, Any]]]:
    """Return, for each type of member values that texts become, a validator and the members by value."""
    groups: dict[type, dict[Any, Any]] = {}
    for value, member in members:
        if value is not None and not isinstance(value, str):
            groups.setdefault(type(value), {})[value] = member
    return [(validate, known) for kind, known in groups.items() if (validate := of_text(kind, known)) is not None]


def of_text(kind: type, known: Mapping[Any, Any]) -> Callable[[Any], Any] | None:
    """Return a validator that makes values of ``kind`` from texts; None where no text becomes a known value."""
    try:
        validate = pydantic.TypeAdapter(kind).validator.validate_python
    except (pydantic.PydanticUserError, pydantic_core.SchemaError, TypeError):
        return None
    for value in known:
        try:
            if validate(value.decode() if isinstance(value, bytes) else str(value)) in known:
                return validate
        except ValueError:  # errors of validation and of decoding are ValueErrors
            continue
    return None
