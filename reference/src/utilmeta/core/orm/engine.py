"""The database engines that Django has under a short name, and what is to be known of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# A used database that is down is an error after that many seconds, not after the minutes that a client may wait
# (DATABASE-5c).
CONNECT_SECONDS = 5


@dataclass(frozen=True)
class Engine:
    """``port`` is where its servers listen by default, None for one without servers. ``options`` are its options where
    the user does not say them. ``driver`` is what it is used with, ``other`` another one that is as good."""

    port: int | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    driver: str = ""
    other: str = ""


# Where the host is gone, and with it whoever would close the connection: what was sent is not acknowledged, or nothing
# answers while a query is waited for (DATABASE-11).
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
    """The module of an engine, as Django's ENGINE has it: a dotted path stays as it is.

    Raises ValueError for a name without dots that is not one of Django's.
    """
    if "." in name:
        return name
    if name not in ENGINES:
        raise ValueError(f"unknown engine {name!r}; it is one of {', '.join(ENGINES)}, or a dotted path")
    return f"django.db.backends.{name}"


def find(path: str) -> Engine | None:
    """What is known of the engine at this path; None for one that Django does not bring."""
    package, _, name = path.rpartition(".")
    if package == "django.contrib.gis.db.backends":
        name = GEOGRAPHIC.get(name, "")
    elif package != "django.db.backends":
        return None
    return ENGINES.get(name)


def file_name(name: str, directory: Path) -> str:
    """The NAME of a SQLite database: a path starts at ``directory``; a URI, or ``:memory:``, is none (DATABASE-4)."""
    if name == ":memory:" or name.startswith("file:"):
        return name
    return str(directory / name)
