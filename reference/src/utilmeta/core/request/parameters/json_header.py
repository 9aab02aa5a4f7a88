"""A mapping that is a single header, sent as JSON text (REQUEST-g26)."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Annotated, Any, get_origin

import pydantic
import pydantic_core

from utilmeta.core.request.body.binding import alternatives
from utilmeta.core.request.body.json import parse_json
from utilmeta.utils.exceptions import HTTPError

MAPPINGS = frozenset({dict, Mapping, MutableMapping})


def of_json(annotation: Any) -> Any:
    """Return the type of a header, a mapping as one that is made of JSON text; any other as it is."""
    kinds = alternatives(annotation)
    if kinds and all((get_origin(kind) or kind) in MAPPINGS for kind in kinds):
        return Annotated[annotation, pydantic.BeforeValidator(parsed)]
    return annotation


def parsed(text: str) -> Any:
    """Return the value of a JSON text, within the limits of JSON in a body (REQUEST-14a)."""
    try:
        return parse_json(text.encode())
    except HTTPError:
        raise pydantic_core.PydanticCustomError("json", "Input should be valid JSON") from None
