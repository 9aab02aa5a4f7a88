"""The signature of a function and its resolved annotations, for all who read them while it becomes an endpoint.

Both cost more than the rest of a simple endpoint together, so what was just read is not worked out again.
"""

from __future__ import annotations

import functools
import inspect
import sys
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any

from utilmeta.core.annotations.generic import NOTHING, closed, definer_of, hints_in, is_generic, names_of


@functools.lru_cache(maxsize=64)
def signature_of(function: Callable[..., Any]) -> inspect.Signature:
    """As ``inspect.signature``, whether or not the annotations resolve: that is for `hints_of` to say."""
    if sys.version_info >= (3, 14):
        import annotationlib

        try:
            return inspect.signature(function)
        except Exception:  # noqa: BLE001 - whatever an annotation raises, which is evaluated only here (PEP 649)
            return inspect.signature(function, annotation_format=annotationlib.Format.STRING)
    return inspect.signature(function)


@functools.lru_cache(maxsize=64)
def hints_of(function: Callable[..., Any], cls: type | None = None) -> Mapping[str, Any]:
    """As ``typing.get_type_hints``, extras included; raises what that raises, for annotations that do not resolve.

    Of what ``cls`` has, TypeVars are what they stand for there (API-10); an annotation with one left is an `Open`.
    """
    if cls is not None and is_generic(cls):
        definer = definer_of(function, cls)
        return hints_in(raw_hints(function, dict(names_of(definer))), cls, definer)
    return {name: closed(hint, NOTHING) for name, hint in raw_hints(function).items()}


def raw_hints(function: Callable[..., Any], names: dict[str, Any] | None = None) -> Mapping[str, Any]:
    """The annotations of a function as written; ``names`` are those that the function's module does not know."""
    read: Any = function
    if sys.version_info < (3, 11):  # where a default of None would make what is annotated optional
        read = types.SimpleNamespace(__annotations__=function.__annotations__, __wrapped__=function)
    hints = typing.get_type_hints(read, localns=names, include_extras=True)
    # Since Python 3.14 functools.wraps copies what evaluates annotations, and those that were assigned have nothing to.
    wrapped = getattr(function, "__wrapped__", None)
    return hints if hints or wrapped is None else raw_hints(wrapped, names)
