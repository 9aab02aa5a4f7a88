"""Errors of a database that cannot be reached: they name its alias and address, never the password (DATABASE-5c)."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.utils import DatabaseErrorWrapper, OperationalError
from django.utils.functional import cached_property

from utilmeta.core.orm import engine, silence
from utilmeta.utils.exceptions import Unavailable


class DatabaseUnavailable(Unavailable, OperationalError):  # type: ignore[misc]
    """503: a database is down, or refuses its user. It is Django's OperationalError too, so that endpoints catch it.

    ``alias`` is the connection's; ``address`` is host and port, or a file.
    """

    def __init__(self, alias: str, address: str, reason: str) -> None:
        super().__init__(f"the database {alias!r} at {address} cannot be used: {reason}")
        self.alias = alias
        self.address = address


def address_of(settings: dict[str, Any]) -> str:
    """The address in an entry of DATABASES: host and port, or a file."""
    known = engine.find(settings["ENGINE"])
    if known is not None and known.port is None:
        return str(settings["NAME"])
    host, port = settings["HOST"] or "its local address", settings["PORT"] or (known.port if known else None)
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port}" if port else host


def connect_seconds(settings: dict[str, Any]) -> float:
    """The seconds after which a silent server is taken to be down."""
    return float(settings["OPTIONS"].get("connect_timeout") or engine.CONNECT_SECONDS)


def reason_of(error: BaseException, settings: dict[str, Any]) -> str:
    """The message of a driver's error on one line; the name of its class where the message has the password."""
    said = " ".join(str(error).split())
    password = settings["PASSWORD"]
    known = (settings["USER"], settings["NAME"], settings["HOST"])
    if password and password not in known and password in said:
        return type(error).__name__
    return said


class Translation(DatabaseErrorWrapper):  # type: ignore[misc]
    """Translates a driver's errors as Django does, and those of a lost connection to DatabaseUnavailable."""

    def __exit__(self, kind: Any, error: Any, traceback: Any) -> None:
        if kind is not None and issubclass(kind, self.wrapper.Database.Error) and is_lost(self.wrapper.connection):
            self.wrapper.errors_occurred = True
            settings = self.wrapper.settings_dict
            reason = reason_of(error, settings)
            cause = error if reason != type(error).__name__ else None
            raise DatabaseUnavailable(self.wrapper.alias, address_of(settings), reason) from cause
        super().__exit__(kind, error, traceback)


def is_lost(connection: Any) -> bool:
    """Whether there is no connection, or one that its driver (psycopg, mysqlclient) has closed."""
    return connection is None or bool(getattr(connection, "closed", False)) or not getattr(connection, "open", True)


@cache
def translating(kind: Any) -> type[Any]:
    """A subclass of a class of Django's connections that translates errors and detects a server that hangs."""

    class Connection(kind):  # type: ignore[misc]
        wrap_database_errors = cached_property(Translation)

        def get_new_connection(self, parameters: Any) -> Any:
            connection = super().get_new_connection(parameters)
            silence.watch(connection, connect_seconds(self.settings_dict))
            return connection

        def _configure_connection(self, connection: Any) -> Any:  # Django's pool calls it for each new connection
            silence.watch(connection, connect_seconds(self.settings_dict))
            return super()._configure_connection(connection)

    return Connection
