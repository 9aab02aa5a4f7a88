"""A field of a model of any library: the names that it is sent under, and whether it takes several values."""

from __future__ import annotations

import types
import typing
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from utilmeta.core.annotations.typed_dict import MARKS

SEQUENCES = (list, tuple, set, frozenset)
WRAPPERS: tuple[Any, ...] = (Annotated, *MARKS)


@dataclass(frozen=True)
class Field:
    """One field of a model; it is sent under any of ``names``, the first of which stands in errors.

    ``aliased`` says that the model chose the names, ``many`` that all texts sent for it count, not only the last.
    """

    names: tuple[str, ...]
    aliased: bool
    many: bool


def unnamed(annotation: Any) -> Any:
    """Return the type that a ``type`` alias (PEP 695) or a NewType stands for."""
    for name in ("__value__", "__supertype__"):
        if hasattr(annotation, name):
            return unnamed(getattr(annotation, name))
    return annotation


def takes_many(annotation: Any) -> bool:
    """Return whether the type takes several values: a list, tuple, set or sequence, or a union with one."""
    annotation = unnamed(annotation)
    origin = get_origin(annotation)
    if origin in WRAPPERS or origin is typing.Union or origin is types.UnionType:
        kinds = get_args(annotation)[:1] if origin in WRAPPERS else get_args(annotation)
        return any(takes_many(kind) for kind in kinds)
    kind = origin or annotation
    return isinstance(kind, type) and (issubclass(kind, SEQUENCES) or kind is get_origin(Sequence[Any]))
