"""Masks secrets before they are shown: values whose name says secret, and credentials in texts (ENV-10)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pydantic

SAYING = ("pass", "pwd", "secret", "token", "key", "credential")
HARMLESS = re.compile("key_(prefix|function)")  # of Django's caches
MASK = "********"

# Before the last @ of a URL: all of it but a user's name that a password follows. Too much rather than too little, for
# not everyone escapes what a password is made of.
CREDENTIALS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?:(?P<user>[^\s/?#@:]*):)?\S*@")
# password=..., in a query, in a database's own notation, in JSON.
NAMED = re.compile(rf"""(?i)(?P<name>[\w-]*(?:{"|".join(SAYING)})[\w-]*["']?\s*[=:]\s*)(?:'[^']*'|"[^"]*"|[^\s&;]+)""")


class Shown(str):
    """A text whose repr is the text itself; it stands for an object in a repr."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def is_secret(name: str) -> bool:
    """Whether the value of a variable, setting or field of this name is masked."""
    lower = HARMLESS.sub("", name.lower())
    return any(word in lower for word in SAYING)


def redacted(value: Any, name: str = "") -> Any:
    """``value`` with a mask in place of each secret, at any depth; ``name`` is the name that it has."""
    if value and is_secret(name):
        return MASK
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return without_credentials(value)
    if isinstance(value, Mapping):
        return {redacted(key): redacted(item, str(key)) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = [redacted(item, name) for item in value]
        return items if isinstance(value, list) else tuple(items) if isinstance(value, tuple) else set(items)
    if isinstance(value, pydantic.BaseModel):
        return described(value, value.__repr_args__())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return described(value, [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)])
    return Shown(without_credentials(repr(value)))


def described(value: object, members: Iterable[tuple[str | None, Any]]) -> Shown:
    """The repr of an object with these members, secrets masked."""
    inside = ", ".join(f"{name}={redacted(member, name or '')!r}" for name, member in members)
    return Shown(f"{type(value).__name__}({inside})")


def without_credentials(text: str) -> str:
    """``text`` with masks for the passwords of URLs and for the values of names that say secret."""
    masked = CREDENTIALS.sub(lambda found: f"{found['scheme']}{user(found)}{MASK}@", text)
    return NAMED.sub(lambda found: f"{found['name']}{MASK}", masked)


def user(found: re.Match[str]) -> str:
    """The user's name of a URL with the colon after it; empty where the URL has no password."""
    return "" if found["user"] is None else f"{found['user']}:"
