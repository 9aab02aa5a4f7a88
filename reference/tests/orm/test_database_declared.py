"""Databases: what they are declared as."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.core.orm.engine import find, path_of


@pytest.mark.parametrize("name", ["sqlite3", "postgresql", "mysql", "oracle"])
def test_a_short_name_is_one_of_djangos(name: str) -> None:
    assert path_of(name) == f"django.db.backends.{name}"
    assert find(path_of(name)) is not None


def test_an_engine_of_another_package_is_its_path() -> None:
    entry = Database(engine="some.engine", name="n", options={"a": 1}).settings(Path("/project"))
    assert entry["ENGINE"] == "some.engine"
    assert (entry["NAME"], entry["OPTIONS"]) == ("n", {"a": 1})


@pytest.mark.parametrize("engine", ["django.db.backends.sqlite3", "django.contrib.gis.db.backends.spatialite"])
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a.sqlite3", "/project/a.sqlite3"),
        (Path("b/c"), "/project/b/c"),
        ("/d", "/d"),
        (":memory:", ":memory:"),
        ("file:e?mode=ro", "file:e?mode=ro"),
    ],
)
def test_a_sqlite_path_starts_at_the_project(engine: str, name: Any, path: str) -> None:
    assert Database(engine=engine, name=name).settings(Path("/project"))["NAME"] == path


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        ({"engine": "postgresql"}, ("127.0.0.1", 5432)),
        ({"engine": "mysql"}, ("127.0.0.1", 3306)),
        ({"engine": "django.contrib.gis.db.backends.postgis"}, ("127.0.0.1", 5432)),
        ({"engine": "postgresql", "host": "", "port": 5433}, ("", 5433)),
        ({"engine": "postgresql", "host": "db", "options": {"service": "own"}}, ("db", "")),
        ({"engine": "postgresql", "options": {"service": "own"}}, ("", "")),
        ({"engine": "mysql", "options": {"read_default_file": "my.cnf"}}, ("", "")),
        ({"engine": "sqlite3"}, ("", "")),
        ({"engine": "other.backend"}, ("", "")),
    ],
)
def test_a_database_is_at_this_machine_unless_the_driver_is_told_elsewhere(
    arguments: dict[str, Any], address: tuple[Any, Any]
) -> None:
    settings = Database(name="n", **arguments).settings(Path())
    assert (settings["HOST"], settings["PORT"]) == address


def test_connecting_is_given_up_after_seconds_unless_the_options_say_otherwise() -> None:
    for options, seconds in (({}, 5), ({"connect_timeout": 60}, 60)):
        database = Database(engine="postgresql", name="n", options=options)
        given = database.settings(Path())["OPTIONS"]
        assert given["connect_timeout"] == seconds
        # A host that is gone is given up too (DATABASE-11).
        assert given["tcp_user_timeout"] == 10_000
        assert given["keepalives_idle"] + given["keepalives_interval"] * given["keepalives_count"] == 10


@pytest.mark.parametrize("given", [{"pool": True}, {"options": {"pool": True}}, {"pool": {"max_size": 3}}])
def test_a_pool_gives_up_in_time(given: dict[str, Any]) -> None:
    database = Database(engine="postgresql", name="n", **given)
    pool = database.settings(Path())["OPTIONS"]["pool"]
    assert pool.pop("max_size", 3) == 3
    assert pool == {"timeout": 5, "reconnect_timeout": 1}
    assert list(database.drivers()) == ["psycopg", "psycopg_pool"]


@pytest.mark.parametrize(
    ("arguments", "kind", "said"),
    [
        ({"name": "n", "engine": "sqlite3", "hots": "h"}, TypeError, "Database: unknown keyword 'hots'"),
        ({"engine": "sqlite3"}, TypeError, "Database: name is missing"),
        ({"name": "", "engine": "sqlite3"}, ValueError, "Database: name: it is empty"),
        ({"name": "n", "engine": "mongodb"}, ValueError, "unknown engine 'mongodb'; it is one of sqlite3"),
        ({"name": "n", "engine": "postgresql", "port": 0}, ValueError, "port"),
        ({"name": "n", "engine": "postgresql", "password": 1}, TypeError, "password"),
        ({"name": "n", "engine": "sqlite3", "pool": True}, ValueError, "a pool needs the engine postgresql"),
        ({"name": "n", "engine": "postgresql", "pool": True, "conn_max_age": 1}, ValueError, "leave conn_max_age"),
    ],
)
def test_a_bad_database_is_an_error_when_it_is_built(arguments: Any, kind: type[Exception], said: str) -> None:
    with pytest.raises(kind, match=said):
        Database(**arguments)


def test_a_repr_shows_no_password() -> None:
    database = Database(name="n", engine="postgresql", password="pqrs", options={"sslpassword": "tuvw", "sslmode": "a"})
    for text in (repr(database), str(database), repr(DatabaseConnections({"default": database}))):
        assert "pqrs" not in text and "tuvw" not in text
        assert "sslmode" in text


def test_connections_need_a_default() -> None:
    database = Database(name="n", engine="sqlite3")
    with pytest.raises(ValueError, match="DatabaseConnections: one of the aliases has to be 'default'"):
        DatabaseConnections({"other": database})
    with pytest.raises(TypeError, match="unknown keyword 'defaults'"):
        DatabaseConnections({"default": database}, defaults=1)
    with pytest.raises(TypeError, match="unknown keyword 'default'"):
        DatabaseConnections(default=database)
    for wrong in ("sqlite3", {"name": "n", "engine": "sqlite3"}):
        with pytest.raises(TypeError, match=r"connections\.default: Input should be an instance of Database"):
            DatabaseConnections({"default": wrong})  # type: ignore[dict-item]
