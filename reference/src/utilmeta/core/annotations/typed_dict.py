"""TypedDicts: their keys, and one made anew, with each type in it as somebody sees it.

It may come from ``typing`` or from ``typing_extensions``: pydantic takes the former's since Python 3.12.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args, get_origin

import typing_extensions

# What a TypedDict says of a key around its type.
MARKS: tuple[Any, ...] = (typing_extensions.Required, typing_extensions.NotRequired)


def keys_of(kind: Any) -> dict[str, Any]:
    """The declared types of a TypedDict's keys, those that may be left out in NotRequired."""
    return {
        name: hint
        if name in kind.__required_keys__ or get_origin(hint) in MARKS
        else typing_extensions.NotRequired[hint]
        for name, hint in typing_extensions.get_type_hints(kind, include_extras=True).items()
    }


def remade(name: str, keys: Mapping[str, Any], see: Callable[[Any], Any]) -> Any:
    """A TypedDict of these keys, each type as ``see`` gives it."""
    seen: dict[str, Any] = {}
    for key, hint in keys.items():
        mark: Any = get_origin(hint)
        seen[key] = mark[see(get_args(hint)[0])] if mark in MARKS else see(hint)
    return typing_extensions.TypedDict(name, seen)  # type: ignore[operator]
