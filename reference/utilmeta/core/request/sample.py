"""Constraints that no value of a type can have, found when the type is compiled (SECURITY-10c).

pydantic takes `Annotated[int, Field(min_length=3)]`, wherever it stands, and raises a TypeError at the first value: a
fault of the service. So its functions for constraints are tried on a value of each type that they are for.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from utilmeta.core.request.core_schema import Schema
from utilmeta.core.request.member import KINDS, members_of
from utilmeta.utils.exceptions import DeclarationError

OF_PYDANTIC = ("pydantic._internal._validators", "pydantic._internal._known_annotated_metadata")

SAMPLES: Mapping[str, Any] = {
    "int": 0,
    "float": 0.5,
    "bool": True,
    "complex": 0j,
    "decimal": Decimal(0),
    "str": "",
    "bytes": b"",
    "date": datetime.date.min,
    "time": datetime.time.min,
    "datetime": datetime.datetime.min,
    "timedelta": datetime.timedelta(),
    "uuid": UUID(int=0),
    "list": [],
    "set": set(),
    "frozenset": frozenset(),
    "tuple": (),
    "dict": {},
    "typed-dict": {},
}
WITHIN = ("nullable", "default", "function-before", "function-after", "function-wrap", "custom-error")


def checked(schema: Schema, label: str) -> Schema:
    """``schema``. Raises DeclarationError, which begins with ``label``, for a constraint that no value has."""
    if schema["type"] == "function-after" and of_pydantic(function := schema["function"]["function"]):
        for sample in samples(schema["schema"]):
            try:
                function(sample)
            except TypeError as error:
                said = ", ".join(f"{name}={bound!r}" for name, bound in getattr(function, "keywords", {}).items())
                raise DeclarationError(f"{label}: {said} is no constraint for {type(sample).__name__}") from error
            except ValueError:  # this value does not have it, and another one may
                continue
    if schema["type"] == "chain":
        first, *others = schema["steps"]
        texts = [
            step for step in others if step["type"] == "function-wrap" and of_pydantic(step["function"]["function"])
        ]
        wrong = [sample for sample in samples(first) if not isinstance(sample, str)]
        if texts and wrong:
            said = ", ".join(f"{name}={bound!r}" for name, bound in texts[0]["schema"].items() if name != "type")
            raise DeclarationError(f"{label}: {said} is no constraint for {type(wrong[0]).__name__}")
    return schema


def of_pydantic(function: Any) -> bool:
    """Whether it is one of pydantic's own for a constraint."""
    if isinstance(function, functools.partial):
        function = function.func
    return getattr(function, "__module__", "") in OF_PYDANTIC


def samples(schema: Schema) -> Iterator[Any]:
    """A value of each type that a schema says; none where that is not easily told."""
    kind = schema["type"]
    if kind in SAMPLES:
        yield SAMPLES[kind]
    elif kind in KINDS:
        yield from (member for _, member in members_of(schema) if member is not None)
    elif kind in WITHIN:
        yield from samples(schema["schema"])
    elif kind == "union":
        for choice in schema["choices"]:
            yield from samples(choice[0] if isinstance(choice, tuple) else choice)
    elif kind == "chain":
        yield from samples(schema["steps"][0])
