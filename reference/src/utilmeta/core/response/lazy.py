"""Results that would have to be read to be sent: iterators, files, coroutines.

Reading one takes as long and as much as it likes, so it is for a stream, which there is none of yet: it is an error,
and is closed (RESPONSE-8a). What is a sequence, a set or a view of a mapping is there already, and is a list.
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
from utilmeta.utils.exceptions import DeclarationError

LAZY = (Iterator, AsyncIterable, Awaitable)
# Annotations that say so; of a class that says more than to be read, an instance may be anything.
ANNOTATIONS = (*LAZY, typing.IO, io.IOBase)
LEAVES = frozenset({str, int, float, bool, bytes, date, time, datetime, Decimal, UUID, type, type(None)})
CURE = "there are no streams yet: read it, and return a list, a text or bytes"


class LazyResult(TypeError):
    """A result is, or holds, what would have to be read to be sent."""


def is_lazy(value: Any) -> bool:
    """Whether it would have to be read: by iteration, awaiting, or as a file."""
    return isinstance(value, LAZY) or callable(getattr(value, "read", None))


def refuse(value: Any) -> Any:
    raise LazyResult(f"the result is or holds a {type(value).__name__}, which would have to be read to be sent; {CURE}")


# --- what was not sent ---


def release(value: Any) -> None:
    """Close what a result, or anything in it, would be read from."""
    for each in within(value, set()):
        with suppress(Exception):  # the result is an error already, and that is what the log is about
            close(each)


def within(value: Any, seen: set[int]) -> Iterable[Any]:
    """The lazy values in lists, mappings and objects with fields, to any depth."""
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
    closing = getattr(value, "close", None) or getattr(value, "aclose", None)
    ended = closing() if callable(closing) else None
    if isinstance(ended, Coroutine):  # an async generator's, or an upload's: nothing awaits it here
        with suppress(StopIteration):
            ended.send(None)
        ended.close()


# --- declaration ---


def check_result(function: Callable[..., Any], label: str, cls: type) -> None:
    """Raise DeclarationError for a function of ``cls`` that is annotated to return what would have to be read."""
    check_annotation(hints_of(function, cls).get("return"), label)


def check_annotation(annotation: Any, label: str) -> None:
    for kind in kinds(annotation):
        if isinstance(kind, type) and issubclass(kind, ANNOTATIONS):
            raise DeclarationError(
                f"{label}: its result is annotated with {kind.__name__}, which would have to be read to be sent; {CURE}"
            )


def kinds(annotation: Any) -> Iterable[Any]:
    """The types in an annotation, to any depth."""
    origin = get_origin(annotation)
    if origin in (typing.Literal, type, collections.abc.Callable):
        return
    yield origin or annotation
    inner = get_args(annotation)
    for argument in inner[:1] if origin is Annotated else inner:
        yield from kinds(argument)
