"""Reads the keys of TypedDicts, and makes a TypedDict with other types for its keys.

They may be of ``typing`` or of ``typing_extensions``; pydantic takes those of ``typing`` since Python 3.12.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args, get_origin

import typing_extensions

# The qualifiers of a key's type.
MARKS: tuple[Any, ...] = (typing_extensions.Required, typing_extensions.NotRequired)


def keys_of(kind: Any) -> dict[str, Any]:
    """The declared types of a TypedDict's keys; those of optional keys in NotRequired."""
    return {
        name: hint
        if name in kind.__required_keys__ or get_origin(hint) in MARKS
        else typing_extensions.NotRequired[hint]
        for name, hint in typing_extensions.get_type_hints(kind, include_extras=True).items()
    }


def remade(name: str, keys: Mapping[str, Any], see: Callable[[Any], Any]) -> Any:
    """A TypedDict with the keys ``keys``, the type of each replaced by what ``see`` returns for it."""
    seen: dict[str, Any] = {}
    for key, hint in keys.items():
        mark: Any = get_origin(hint)
        seen[key] = mark[see(get_args(hint)[0])] if mark in MARKS else see(hint)
    return typing_extensions.TypedDict(name, seen)  # type: ignore[operator]
