"""The database engines that have a short name, each with its port, its default options and its drivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# How long a connection is waited for; the drivers would wait for minutes (DATABASE-5c).
CONNECT_SECONDS = 5


@dataclass(frozen=True)
class Engine:
    """One engine of Django's."""

    port: int | None = None
    """The default port of its servers; None for an engine without servers."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """The options of the driver where the user does not give them."""
    driver: str = ""
    """The module that is installed where no driver is."""
    other: str = ""
    """Another module that does as well."""


# Options of libpq for a host that is gone: data is not acknowledged, or keepalives are not answered (DATABASE-11).
VANISHED_SECONDS = 10
VANISHED: Mapping[str, Any] = {
    "tcp_user_timeout": VANISHED_SECONDS * 1000,
    "keepalives_idle": 4,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}

ENGINES: Mapping[str, Engine] = {
    "sqlite3": Engine(),
    "postgresql": Engine(5432, {"connect_timeout": CONNECT_SECONDS, **VANISHED}, driver="psycopg", other="psycopg2"),
    "mysql": Engine(3306, {"connect_timeout": CONNECT_SECONDS}),
    "oracle": Engine(1521),
}

# Those of GeoDjango are the same databases.
GEOGRAPHIC = {"spatialite": "sqlite3", "postgis": "postgresql", "mysql": "mysql", "oracle": "oracle"}


def path_of(name: str) -> str:
    """The import path of an engine, Django's ENGINE; a dotted path is returned unchanged.

    Raises ValueError for an unknown short name.
    """
    if "." in name:
        return name
    if name not in ENGINES:
        raise ValueError(f"unknown engine {name!r}; it is one of {', '.join(ENGINES)}, or a dotted path")
    return f"django.db.backends.{name}"


def find(path: str) -> Engine | None:
    """The engine with this import path; None for one that is not in Django."""
    package, _, name = path.rpartition(".")
    if package == "django.contrib.gis.db.backends":
        name = GEOGRAPHIC.get(name, "")
    elif package != "django.db.backends":
        return None
    return ENGINES.get(name)


def file_name(name: str, directory: Path) -> str:
    """The NAME of a SQLite database: a path is relative to ``directory``; a URI and ``:memory:`` are unchanged
    (DATABASE-4)."""
    if name == ":memory:" or name.startswith("file:"):
        return name
    return str(directory / name)
