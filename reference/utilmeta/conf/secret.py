"""What is not to be shown (ENV-10): which names say that their value is secret, and where text holds credentials."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pydantic

SAYING = ("pass", "pwd", "secret", "token", "key", "credential")
MASK = "********"

USER_INFORMATION = re.compile(r"(?<=://)\S*@")
PARAMETER = re.compile(rf"(\w*(?:{'|'.join(SAYING)})\w*\s*=\s*)[^\s;&]+", re.IGNORECASE)


class Shown(str):
    """A text that is its own repr."""

    def __repr__(self) -> str:
        return str(self)


def is_secret(name: str) -> bool:
    """Whether a variable, setting or field of this name is not to be shown."""
    lower = name.lower()
    return any(word in lower for word in SAYING)


def shown(name: str, value: Any) -> Any:
    """What stands in a repr for a value of this name: as it is, but for what is secret, however deep inside."""
    if value and is_secret(name):
        return MASK
    if isinstance(value, str):
        return PARAMETER.sub(rf"\g<1>{MASK}", USER_INFORMATION.sub(f"{MASK}@", value))
    if isinstance(value, Mapping):
        return {key: shown(str(key), item) for key, item in value.items()}
    if isinstance(value, pydantic.BaseModel):
        return described(value, value.__repr_args__())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return described(value, [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)])
    if type(value) in (list, tuple, set, frozenset):
        return type(value)(shown(name, item) for item in value)
    return value


def described(value: object, members: Iterable[tuple[str | None, Any]]) -> Shown:
    inside = ", ".join(f"{name}={shown(name or '', member)!r}" for name, member in members)
    return Shown(f"{type(value).__name__}({inside})")
