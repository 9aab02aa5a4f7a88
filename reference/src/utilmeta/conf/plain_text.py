"""Converts the text of a variable where pydantic does not take a text for the declared type (ENV-1b).

An environment and a file of lines hold texts alone. A collection is written as JSON, a list also with commas; an empty
text is None where the type allows None and no text.
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
    """``text`` converted to what pydantic validates against ``annotation``; unchanged where pydantic takes texts."""
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
    """The member types of a union, without the metadata of Annotated; a type that is no union is its only member."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from alternatives(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for member in get_args(annotation):
            yield from alternatives(member)
    else:
        yield annotation


def choices(annotation: Any) -> tuple[Any, ...]:
    """The values of a Literal or of the members of an Enum; none for other types."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(member.value for member in annotation) if is_class(annotation, Enum) else ()


def takes_text(annotation: Any) -> bool:
    """Whether a text of any content is a value of the type."""
    return annotation is Any or (is_class(annotation, str, bytes) and not is_class(annotation, Enum))


def is_list(annotation: Any) -> bool:
    """Whether the type is a list, a set or another sequence of values."""
    return is_class(get_origin(annotation) or annotation, Sequence, Set) and not is_class(annotation, str, bytes)


def is_object(annotation: Any) -> bool:
    """Whether the type is written as a JSON object: a mapping, model, TypedDict or dataclass."""
    kind = get_origin(annotation) or annotation
    return is_class(kind, Mapping, pydantic.BaseModel) or is_typeddict(kind) or dataclasses.is_dataclass(kind)


def is_class(annotation: Any, *kinds: type) -> bool:
    """Whether ``annotation`` is a class and a subclass of one of ``kinds``."""
    return isinstance(annotation, type) and issubclass(annotation, kinds)
