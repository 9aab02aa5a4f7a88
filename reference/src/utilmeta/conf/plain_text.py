"""From the text of a variable to what its declared type is made of, where pydantic takes no text for it.

An environment and a file of lines know nothing but text. A collection is written as JSON, a list also with commas; an
empty text is None where the type admits that and no text.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence, Set
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, is_typeddict

import pydantic


def read(text: str, annotation: Any) -> Any:
    """``text`` prepared for the validation of ``annotation``; as it is, where there is nothing to prepare."""
    members = list(alternatives(annotation))
    if any(takes_text(member) for member in members):
        return text
    if not text.strip() and NoneType in members:
        return None
    for member in members:
        for choice in choices(member):
            if str(choice) == text:
                return choice
    if text.lstrip()[:1] in ("[", "{") and any(is_list(member) or is_object(member) for member in members):
        try:
            return json.loads(text)
        except ValueError:
            return text
    if any(is_list(member) for member in members):
        return [part.strip() for part in text.split(",")] if text.strip() else []
    return text


def alternatives(annotation: Any) -> Iterator[Any]:
    """The types of a union, or the one type."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from alternatives(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for member in get_args(annotation):
            yield from alternatives(member)
    else:
        yield annotation


def choices(annotation: Any) -> tuple[Any, ...]:
    """The values that a Literal or an Enum is made of."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(member.value for member in annotation) if is_class(annotation, Enum) else ()


def takes_text(annotation: Any) -> bool:
    return annotation is Any or (is_class(annotation, str, bytes) and not is_class(annotation, Enum))


def is_list(annotation: Any) -> bool:
    return is_class(get_origin(annotation) or annotation, Sequence, Set) and not is_class(annotation, str, bytes)


def is_object(annotation: Any) -> bool:
    kind = get_origin(annotation) or annotation
    return is_class(kind, Mapping, pydantic.BaseModel) or is_typeddict(kind) or dataclasses.is_dataclass(kind)


def is_class(annotation: Any, *kinds: type) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, kinds)
