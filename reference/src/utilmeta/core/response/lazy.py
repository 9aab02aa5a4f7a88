"""Refusal of results that would have to be read to be sent: iterators, files, coroutines (RESPONSE-8a).

Reading them may take any time and memory, so it needs streams, which do not exist yet. Such a result is an error, and
is closed. A sequence, a set or a view of a mapping is no such result: it becomes a list.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import io
import typing
from collections.abc import AsyncIterable, Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, get_args, get_origin
from uuid import UUID

from utilmeta.core.annotations.signature import hints_of
from utilmeta.core.file import File
from utilmeta.utils.exceptions import DeclarationError

LAZY = (Iterator, AsyncIterable, Awaitable)
# Annotated types that are refused; subclasses of others may be anything at run time.
ANNOTATIONS = (*LAZY, typing.IO, io.IOBase, File)
LEAVES = frozenset({str, int, float, bool, bytes, date, time, datetime, Decimal, UUID, type, type(None)})
CURE = "there are no streams yet: read it, and return a list, a text or bytes"


class LazyResult(TypeError):
    """Raised for a result that is or holds what would have to be read to be sent."""


def is_lazy(value: Any) -> bool:
    """Return whether a value would have to be read: by iteration, by awaiting, or as a file."""
    return isinstance(value, LAZY) or callable(getattr(value, "read", None))


def refuse(value: Any) -> Any:
    """Raise LazyResult for a value."""
    raise LazyResult(f"the result is or holds a {type(value).__name__}, which would have to be read to be sent; {CURE}")


# --- results that were not sent ---


def release(value: Any) -> None:
    """Close each lazy value in a result."""
    for each in within(value, set()):
        with suppress(Exception):  # the result is an error already, which is logged
            close(each)


def within(value: Any, seen: set[int]) -> Iterable[Any]:
    """Yield the lazy values in a result, in its lists, mappings and objects with fields, to any depth."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        kind = type(each)
        if kind in LEAVES or id(each) in seen:
            continue
        seen.add(id(each))
        if kind is dict or isinstance(each, Mapping):
            waiting += each.values()
        elif kind is list or isinstance(each, (list, tuple, Set, collections.abc.ValuesView)):
            waiting += each
        elif is_lazy(each):
            yield each
        elif dataclasses.is_dataclass(each) or hasattr(kind, "__pydantic_serializer__"):
            waiting += getattr(each, "__dict__", {}).values()
        else:
            waiting += [getattr(each, name, None) for name in getattr(each, "__struct_fields__", ())]


def close(value: Any) -> None:
    """Close a file, iterator or coroutine; what that raises is raised."""
    closing = getattr(value, "close", None) or getattr(value, "aclose", None)
    ended = closing() if callable(closing) else None
    if isinstance(ended, Coroutine):  # closing an async generator or upload: run it without an event loop
        with suppress(StopIteration):
            ended.send(None)
        ended.close()


# --- declaration ---


def check_result(function: Callable[..., Any], label: str, cls: type) -> None:
    """Raise DeclarationError for a function of ``cls`` that is annotated to return what would have to be read."""
    check_annotation(hints_of(function, cls).get("return"), label)


def check_annotation(annotation: Any, label: str) -> None:
    """Raise DeclarationError for an annotation with a lazy type in it."""
    for kind in kinds(annotation):
        if isinstance(kind, type) and issubclass(kind, ANNOTATIONS):
            raise DeclarationError(
                f"{label}: its result is annotated with {kind.__name__}, which would have to be read to be sent; {CURE}"
            )


def kinds(annotation: Any) -> Iterable[Any]:
    """Yield the types in an annotation, to any depth."""
    origin = get_origin(annotation)
    if origin in (typing.Literal, type, collections.abc.Callable):
        return
    yield origin or annotation
    inner = get_args(annotation)
    for argument in inner[:1] if origin is Annotated else inner:
        yield from kinds(argument)
