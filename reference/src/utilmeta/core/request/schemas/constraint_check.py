"""Check for constraints that no value of the type can have, when the type is compiled (SECURITY-10c).

pydantic accepts `Annotated[int, Field(min_length=3)]` anywhere, and raises a TypeError at the first value, which would
be a fault of the service. So its functions for constraints are tried on a sample value of each type they apply to.
"""

from __future__ import annotations

import collections
import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import pydantic

from utilmeta.core.request.schemas.core_schema import Schema
from utilmeta.core.request.schemas.enum_text import KINDS, members_of
from utilmeta.utils.exceptions import DeclarationError

TRUSTED = ("pydantic", "utilmeta")  # modules whose functions keep a value's type
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
    "any": object(),
    "fraction": Fraction(0),
    "deque": collections.deque(),
    "ordered-dict": collections.OrderedDict(),
    "counter": collections.Counter(),
    "url": pydantic.AnyUrl("http://localhost"),
}
HEAP = 1 << 9  # the flag of a class that is defined in Python
INSTANCES = ("model", "dataclass", "named-tuple", "is-instance")
WITHIN = ("nullable", "default", "function-before", "custom-error")
FUNCTIONS = ("function-after", "function-wrap")
# For types with two schemas, the more specific one first.
EITHER = {"lax-or-strict": ("strict_schema", "lax_schema"), "json-or-python": ("python_schema", "json_schema")}


def checked(schema: Schema, label: str) -> Schema:
    """Return ``schema``, checked for constraints that no value of their type can have.

    Raises DeclarationError, which begins with ``label``.
    """
    if schema["type"] == "function-after" and of_pydantic(function := schema["function"]["function"]):
        for sample in samples(schema["schema"]):
            try:
                function(sample)
            except Exception as error:
                if not is_of_type(error):
                    continue  # another value may satisfy the constraint
                said = ", ".join(f"{name}={bound!r}" for name, bound in getattr(function, "keywords", {}).items())
                raise DeclarationError(f"{label}: {said} is no constraint for {type(sample).__name__}") from error
    if schema["type"] == "chain":
        first, *others = schema["steps"]
        texts = [
            step
            for step in others
            if step["type"] == "function-wrap"
            and step["schema"]["type"] == "str"
            and of_pydantic(step["function"]["function"])
        ]
        wrong = [sample for sample in samples(first) if not isinstance(sample, str)]
        if texts and wrong:
            said = ", ".join(f"{name}={bound!r}" for name, bound in texts[0]["schema"].items() if name != "type")
            raise DeclarationError(f"{label}: {said} is no constraint for {type(wrong[0]).__name__}")
    return schema


def is_of_type(error: BaseException | None) -> bool:
    """Return whether an error is a TypeError, or was raised while one was formatted."""
    return error is not None and (isinstance(error, TypeError) or is_of_type(error.__context__))


def of_pydantic(function: Any) -> bool:
    """Return whether a function is one of pydantic's own for constraints."""
    return module_of(function) in OF_PYDANTIC


def module_of(function: Any) -> str:
    """Return the name of the module that defines a function."""
    return getattr(getattr(function, "func", function), "__module__", None) or ""


def samples(schema: Schema) -> Iterator[Any]:
    """Yield a sample value of each type in a schema; none where that is hard to tell."""
    kind = schema["type"]
    if kind in SAMPLES:
        yield SAMPLES[kind]
    elif kind in KINDS:
        yield from (member for _, member in members_of(schema) if member is not None)
    elif kind in INSTANCES:
        yield from instances(schema["cls"])
    elif kind in WITHIN:
        yield from samples(schema["schema"])
    elif kind in FUNCTIONS:
        if module_of(schema["function"]["function"]).partition(".")[0] in TRUSTED:
            yield from samples(schema["schema"])
    elif kind in EITHER:
        first, second = ([*samples(schema[part])] for part in EITHER[kind])
        yield from first or second
    elif kind == "union":
        for choice in schema["choices"]:
            yield from samples(choice[0] if isinstance(choice, tuple) else choice)
    elif kind == "chain":
        yield from samples(schema["steps"][0])


def instances(kind: Any) -> Iterator[Any]:
    """Yield an instance of a class, made without calling its author's code; none of an abstract class."""
    if isinstance(kind, type):
        built_in: Any = next(base for base in kind.__mro__ if not base.__flags__ & HEAP)
        try:
            yield built_in.__new__(kind)
        except TypeError:
            return
