"""Compares what an implementation file says with its JSON schema, and says what is wrong in one line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from conformance.foundation.untrusted_text import one_line, shortened

SCHEMA_FILE = Path(__file__).parents[1] / "implementations" / "implementation.schema.json"


def complaint(data: Mapping[str, Any]) -> str:
    """Return what is wrong with the content of an implementation file, naming the key and the cure; empty for a right
    one."""
    errors = sorted(
        _validator().iter_errors(data), key=lambda error: (list(map(str, error.absolute_path)), error.validator)
    )
    return _sentence(errors[0]) if errors else ""


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped, unused-ignore]

    return Draft202012Validator(json.loads(SCHEMA_FILE.read_text("utf-8")))


def _sentence(error: Any) -> str:
    """Describe an error of jsonschema: the key, its value, and what the schema's `description` says it is."""
    key = ".".join(str(part) for part in error.absolute_path if isinstance(part, str))
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        return f"{_below(key, missing)} is missing"
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        unknown = next(name for name in error.instance if name not in known)
        return f"unknown key {_below(key, one_line(unknown))}; there are {', '.join(sorted(known))}"
    said = shortened(one_line(repr(error.instance)), 80)
    if error.absolute_path and isinstance(error.absolute_path[-1], int):
        return f"{key} holds {said}; it has to be an array of texts"
    return f"{key} is {said}; it has to be {error.schema['description']}"


def _below(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
