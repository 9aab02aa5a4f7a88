"""Reads demonstrations.toml: small services that show what an implementation keeps."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = Path(__file__).with_name("demonstrations.toml")
_CLIENT_ERROR = range(400, 500)
_HELLO = '@api.get\ndef hello(self):\n    return "world"\n'


@dataclass(frozen=True)
class Ask:
    """One request, and what its answer has to be; None and empty mappings expect nothing."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    statuses: range = range(200, 201)
    text: str | None = None
    json: Any = None
    answered: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Demonstration:
    """One table of demonstrations.toml, whose first lines explain it."""

    keeps: tuple[str, ...]
    asks: tuple[Ask, ...] = ()
    module: str = ""
    api: str = _HELLO
    options: str = ""
    route: str = "/api"
    configure: str = ""
    show: str = ""
    program: str = ""
    prints: str = "True"
    files: Mapping[str, str] = field(default_factory=dict)


def demonstrations() -> list[Demonstration]:
    """Return all of them, in the order of the file."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))["demonstration"]
    return [_demonstration(**table) for table in tables]


def _demonstration(keeps: list[str], asks: list[dict[str, Any]] | None = None, **more: Any) -> Demonstration:
    return Demonstration(tuple(keeps), tuple(_ask(**each) for each in asks or ()), **more)


def _ask(
    request: str, status: int | str = 200, body: str | None = None, json: str = "null", members: str = "{}", **more: Any
) -> Ask:
    method, path = request.split()
    return Ask(
        method,
        path,
        body=None if body is None else body.encode(),
        statuses=_CLIENT_ERROR if isinstance(status, str) else range(status, status + 1),
        json=_read(json),
        members=_read(members),
        **more,
    )


def _read(text: str) -> Any:
    return json.loads(text)
