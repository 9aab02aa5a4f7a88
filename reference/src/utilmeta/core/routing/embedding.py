"""The function that puts an API class into an application that is not UtilMeta's (API-8b).

``core/server/embed.py`` registers it and ``API.__as__`` calls it: an API class itself knows no server.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Embed = TypeVar("Embed", bound=Callable[..., Any])

_embed: Callable[..., Any]


def register(function: Embed) -> Embed:
    """Have ``function`` put API classes into applications; usable as a decorator. It takes what ``embed`` takes."""
    global _embed
    _embed = function
    return function


def embed(api: type, target: Any, route: str, *, asynchronous: bool | None) -> Any:
    """Put the class ``api`` into ``target``; see ``API.__as__``."""
    return _embed(api, target, route, asynchronous=asynchronous)
