"""Guards for pydantic types that raise other errors than ValueError, as for a long path (REQUEST-19).

The value is at fault there, so the error becomes one of validation. So does one in an item of an Iterable, which
pydantic would check only when the endpoint reads it. What a validator of the service's author raises stays a fault of
the service, but for ValueError and AssertionError.
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
    """Return a core schema whose pydantic functions raise errors of validation alone; iterables are read at once.

    Raises DeclarationError, which begins with ``label``, for a type that imports what a client names (REQUEST-21).
    """
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
    """Return a JSON text within a value, if it keeps the limits of a body (SECURITY-7b).

    Raises a pydantic error if it does not.
    """
    body = text.encode(errors="replace") if isinstance(text, str) else text
    if isinstance(body, (bytes, bytearray)) and has_too_many_values(body):
        raise pydantic_core.PydanticCustomError("invalid", "JSON has too many values (max_json_values)")
    return text


def refusing(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``function`` with errors that are none of validation turned into such."""

    def refuse(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except RecursionError:  # raised by the parser of a regex
            raise pydantic_core.PydanticCustomError("invalid", "Input is nested too deeply") from None
        except UNCONVERTIBLE:
            raise pydantic_core.PydanticCustomError("invalid", "Input cannot be converted") from None

    return refuse
