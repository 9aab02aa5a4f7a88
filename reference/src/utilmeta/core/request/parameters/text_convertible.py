"""Check that a text can become a value of a parameter's type, because only a body of JSON holds others (API-9).

It also checks that JSON has nothing but texts for a type, so that a regex can judge all that is sent (SECURITY-10b).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from utilmeta.core.request.schemas.adapter import library_of
from utilmeta.core.request.schemas.core_schema import Schema
from utilmeta.core.request.schemas.enum_text import KINDS, members_of, takes_text
from utilmeta.core.request.schemas.field import takes_many
from utilmeta.utils.exceptions import DeclarationError

WITHIN = {
    "nullable": "schema",
    "default": "schema",
    "function-after": "schema",
    "custom-error": "schema",
    "lax-or-strict": "lax_schema",
    "json-or-python": "python_schema",
    "model": "schema",
    "dataclass": "schema",
}
STRUCTURES = ("model-fields", "dataclass-args", "typed-dict", "dict", "tagged-union", "callable", "is-subclass", "none")
VALUES = ("int", "float", "complex", "bool", "bytes", "date", "time", "datetime", "timedelta", "decimal", "uuid")

# Types that JSON writes, or may write, as something else than a text.
UNTOLD = ("int", "float", "complex", "bool", "decimal", "bytes", "any")


def check_text(annotation: Any, schema: Schema, place: str, label: str) -> None:
    """Raise DeclarationError, which begins with ``label``, for a parameter whose type no text becomes."""
    library = library_of(annotation)
    whole = library is not None and library.fields_of(annotation) is not None
    if whole or not Texts(schema).become_it(many=place != "path" and takes_many(annotation)):
        raise DeclarationError(
            f"{label} is sent as a text, in the {place}, and none becomes its type, {annotation!r}; say that it is the "
            "body (request.Body) or the whole query (request.Query), or annotate a type that a text becomes"
        )


def check_judged(annotation: Any, schema: Schema, label: str) -> None:
    """Raise DeclarationError, which begins with ``label``, for a body parameter whose type makes its regex useless.

    That is a type for which JSON has, or may have, something else than a text.
    """
    library = library_of(annotation)
    whole = library is not None and library.fields_of(annotation) is not None
    if whole or not Texts(schema).are_sent():
        raise DeclarationError(
            f"{label} has a regex, which judges texts, and what is sent for its type, {annotation!r}, need not be one; "
            "annotate it as a str, or a list of str, or give it bounds (ge, le, ...) in place of the regex"
        )


def check_members(schema: Schema, place: str, label: str) -> None:
    """Raise DeclarationError for a required member of a set or form whose type no text becomes."""
    for member in Texts(schema).lacking():
        raise DeclarationError(
            f"{label}: its member {member!r} is sent as a text, or several, as all of a {place} is, and its type is "
            "made of none; annotate one that is, or take it out of JSON (request.Json)"
        )


class Texts:
    """Answers whether texts become values of a core schema; where that is hard to tell, the answer is yes."""

    def __init__(self, schema: Schema) -> None:
        self.definitions: dict[str, Schema] = {}
        self.schema = schema
        if schema["type"] == "definitions":
            self.definitions = {definition["ref"]: definition for definition in schema["definitions"]}
            self.schema = schema["schema"]

    def become_it(self, *, many: bool) -> bool:
        """Return whether a text becomes a value of the schema, or several texts do where it takes ``many``."""
        return self.become(self.schema, many=many)

    def are_sent(self) -> bool:
        """Return whether JSON writes values of the schema as a text, None or a list of texts, and in no other way."""
        return self.sent(self.schema, many=True)

    def lacking(self) -> Iterator[str]:
        """Yield the names of a model's required members that no text becomes."""
        for name, member in self.members(self.schema):
            required = member.get("required", True) and member["schema"]["type"] != "default"
            if required and not self.become(member["schema"], many=True):
                alias = member.get("validation_alias")
                yield alias if isinstance(alias, str) else name

    def members(self, schema: Schema) -> Iterator[tuple[str, Schema]]:
        """Yield the members of a model's schema by name."""
        schema = self.found(schema)
        if schema["type"] in ("model", "dataclass"):
            yield from self.members(schema["schema"])
        elif schema["type"] in ("model-fields", "typed-dict"):
            yield from schema["fields"].items()
        elif schema["type"] == "dataclass-args":
            yield from ((field["name"], field) for field in schema["fields"])

    def become(self, schema: Schema, *, many: bool) -> bool:
        """Return whether a text, or several where ``many``, becomes a value of this part of the schema."""
        schema = self.found(schema)
        kind = schema["type"]
        if kind in KINDS:
            return takes_text(schema)
        if kind in VALUES and schema.get("strict"):
            return False
        if kind in WITHIN:
            return self.become(schema[WITHIN[kind]], many=many)
        if kind == "union":
            choices = (choice[0] if isinstance(choice, tuple) else choice for choice in schema["choices"])
            return any(self.become(choice, many=many) for choice in choices)
        if kind in ("list", "set", "frozenset", "generator"):
            return many and ("items_schema" not in schema or self.become(schema["items_schema"], many=False))
        if kind == "tuple":
            return many and all(self.become(item, many=False) for item in schema["items_schema"])
        return kind not in STRUCTURES

    def sent(self, schema: Schema, *, many: bool) -> bool:
        """Return whether every value of this schema is written in JSON as a string, as a date is and a number is not.
        With ``many`` a list of such values counts too."""
        schema = self.found(schema)
        kind = schema["type"]
        if kind in KINDS:
            return all(isinstance(value, str) for value, _ in members_of(schema))
        if kind in WITHIN or kind in ("function-before", "function-wrap"):
            return self.sent(schema[WITHIN.get(kind, "schema")], many=many)
        if kind == "union":
            choices = (choice[0] if isinstance(choice, tuple) else choice for choice in schema["choices"])
            return all(self.sent(choice, many=many) for choice in choices)
        if kind in ("list", "set", "frozenset", "generator"):
            return many and "items_schema" in schema and self.sent(schema["items_schema"], many=False)
        if kind == "tuple":
            return many and all(self.sent(item, many=False) for item in schema["items_schema"])
        return kind not in (*STRUCTURES, *UNTOLD)

    def found(self, schema: Schema) -> Schema:
        """Return the schema that a reference stands for; any other schema as it is."""
        return self.definitions[schema["schema_ref"]] if schema["type"] == "definition-ref" else schema
