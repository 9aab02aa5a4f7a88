"""Signatures and resolved annotations of functions, read while endpoints and hooks are compiled.

Reading them takes more time than the rest of compiling a simple endpoint, so recent results are cached.
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
    """``inspect.signature`` of a function, whether or not its annotations resolve; ``hints_of`` resolves them."""
    if sys.version_info >= (3, 14):
        import annotationlib

        try:
            return inspect.signature(function)
        except Exception:  # noqa: BLE001 - annotations are evaluated here (PEP 649) and may raise anything
            return inspect.signature(function, annotation_format=annotationlib.Format.STRING)
    return inspect.signature(function)


@functools.lru_cache(maxsize=64)
def hints_of(function: Callable[..., Any], cls: type | None = None) -> Mapping[str, Any]:
    """The resolved annotations of a function by name, with Annotated; raises what ``typing.get_type_hints`` raises.

    ``cls`` is the class that has the function: TypeVars are replaced by their types there (API-10). An annotation in
    which a TypeVar is left is an ``Open``.
    """
    if cls is not None and is_generic(cls):
        definer = definer_of(function, cls)
        return hints_in(raw_hints(function, dict(names_of(definer))), cls, definer)
    return {name: closed(hint, NOTHING) for name, hint in raw_hints(function).items()}


def raw_hints(function: Callable[..., Any], names: dict[str, Any] | None = None) -> Mapping[str, Any]:
    """The annotations of a function, TypeVars as written; ``names`` resolves names that its module does not have."""
    read: Any = function
    if sys.version_info < (3, 11):  # where a default of None would make what is annotated optional
        read = types.SimpleNamespace(__annotations__=function.__annotations__, __wrapped__=function)
    hints = typing.get_type_hints(read, localns=names, include_extras=True)
    # Since Python 3.14 functools.wraps copies the function that evaluates annotations; assigned ones have none.
    wrapped = getattr(function, "__wrapped__", None)
    return hints if hints or wrapped is None else raw_hints(wrapped, names)
