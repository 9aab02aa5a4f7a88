"""A mapping that is a single header, sent as JSON text (REQUEST-g26)."""

from __future__ import annotations

from typing import Annotated, Any

import pydantic
import pydantic_core

from utilmeta.core.request.body.json import parse_json
from utilmeta.utils.exceptions import HTTPError


def of_json(annotation: Any) -> Any:
    """Return a type whose values are made of JSON texts, within the limits of JSON in a body (REQUEST-14a)."""
    return Annotated[annotation, pydantic.BeforeValidator(parsed)]


def parsed(text: str) -> Any:
    """Return the value of a JSON text."""
    try:
        return parse_json(text.encode())
    except HTTPError:
        raise pydantic_core.PydanticCustomError("json", "Input should be valid JSON") from None
