"""Values as they may be shown: whatever their names, or a URL's form, say is secret is masked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from utilmeta.conf.secret import MASK, SAYING, is_secret

# Before the last @ of a URL: all of it but a user's name that a password follows. Too much rather than too little, for
# not everyone escapes what a password is made of.
CREDENTIALS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?:(?P<user>[^\s/?#@:]*):)?\S*@")
# password=..., in a query, in a database's own notation, in JSON.
NAMED = re.compile(rf"""(?i)(?P<name>[\w-]*(?:{"|".join(SAYING)})[\w-]*["']?\s*[=:]\s*)(?:'[^']*'|"[^"]*"|[^\s&;]+)""")


def redacted(value: Any) -> Any:
    """The same, with a mask for each secret, however deep it stands."""
    if isinstance(value, Mapping):
        return {
            redacted(key): MASK if item and isinstance(key, str) and is_secret(key) else redacted(item)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple, set, frozenset)):
        items = [redacted(item) for item in value]
        return items if isinstance(value, list) else tuple(items) if isinstance(value, tuple) else set(items)
    if isinstance(value, str):
        return without_credentials(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return Shown(without_credentials(repr(value)))


def without_credentials(text: str) -> str:
    masked = CREDENTIALS.sub(lambda found: f"{found['scheme']}{user(found)}{MASK}@", text)
    return NAMED.sub(lambda found: f"{found['name']}{MASK}", masked)


def user(found: re.Match[str]) -> str:
    return "" if found["user"] is None else f"{found['user']}:"


class Shown(str):
    """The text that an object is shown as, in place of its repr."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)
