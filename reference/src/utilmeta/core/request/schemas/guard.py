"""Types of pydantic's that raise, for some values, what is no error of validation, as for a long path (REQUEST-19).

A value is at fault there, and so it is told as one. So is an item of an Iterable, which pydantic would look at when the
endpoint does. What a validator of the author's raises, other than ValueError and
AssertionError, stays what it is: a fault of the service.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pydantic_core

from utilmeta.core.request.body.json_limits import has_too_many_values
from utilmeta.core.request.schemas.core_schema import Schema
from utilmeta.utils.exceptions import DeclarationError

FUNCTIONS = ("function-after", "function-before", "function-plain")
OF_LISTS = ("items_schema", "min_length", "max_length", "ref", "metadata")
UNCONVERTIBLE = (OSError, ArithmeticError, LookupError)


def guarded(schema: Schema, label: str) -> Schema:
    """A schema that refuses a value for which a function of pydantic's raises what is no error of validation, and all
    of an iterable at once. Raises DeclarationError, which begins with ``label``, for one that would import what a
    client names (REQUEST-21)."""
    if schema["type"] == "generator":
        return {**{key: part for key, part in schema.items() if key in OF_LISTS}, "type": "list"}
    if schema["type"] == "json":
        return {"type": "function-before", "schema": schema, "function": {"type": "no-info", "function": few_values}}
    if schema["type"] not in FUNCTIONS:
        return schema
    function = schema["function"]["function"]
    if str(getattr(getattr(function, "func", function), "__module__", "")).partition(".")[0] != "pydantic":
        return schema
    if getattr(function, "__name__", "") == "import_string":
        raise DeclarationError(
            f"{label} is an ImportString, which imports, and so runs, whatever a client names; take a str, and look it "
            "up among what clients may name"
        )
    return {**schema, "function": {**schema["function"], "function": refusing(function)}}


def few_values(text: Any) -> Any:
    """The JSON that stands in a text, which has the limit of a body (SECURITY-7b)."""
    body = text.encode(errors="replace") if isinstance(text, str) else text
    if isinstance(body, (bytes, bytearray)) and has_too_many_values(body):
        raise pydantic_core.PydanticCustomError("invalid", "JSON has too many values (max_json_values)")
    return text


def refusing(function: Callable[..., Any]) -> Callable[..., Any]:
    def refuse(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except RecursionError:  # of a regex
            raise pydantic_core.PydanticCustomError("invalid", "Input is nested too deeply") from None
        except UNCONVERTIBLE:
            raise pydantic_core.PydanticCustomError("invalid", "Input cannot be converted") from None

    return refuse
