"""Tracks Django's database connections in this process, to close them all, and to drop them in forked processes."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any
from weakref import WeakSet

from asgiref.local import Local
from django.db import connections

from utilmeta.core.orm.error import translating

log = logging.getLogger("utilmeta")

# How long each thread of a pool is waited for when it closes; one that connects, or runs under gevent, may take longer.
POOL_CLOSE_SECONDS = 1

# Every connection that was made in this process; Django itself knows those of the present thread alone.
made: WeakSet[Any] = WeakSet()

# The connections of the process that this one was forked from; closing them would end those of that process.
inherited: list[Any] = []


def install() -> None:
    """Have new connections tracked, and their errors translated (DATABASE-5c). Called once, after Django is set up;
    nothing connects."""
    native = connections.create_connection
    connections.__dict__.pop("settings", None)  # Django may have cached those from before its setup

    def create_connection(alias: str) -> Any:
        connection = native(alias)
        kind: Any = type(connection)
        connection.__class__ = translating(kind)
        made.add(connection)
        return connection

    connections.create_connection = create_connection
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=leave)


def close_everywhere() -> None:
    """Close the connections of all threads, and the pools (DATABASE-5a). Called when no request runs any more."""
    for connection in list(made):
        try:
            connection.inc_thread_sharing()
            connection.close()
        except Exception as error:  # noqa: BLE001 - one that cannot be closed does not keep the others open
            log.warning("the connection of the database %r was not closed: %s", connection.alias, type(error).__name__)
        finally:
            connection.dec_thread_sharing()
    while pools := opened_pools():
        _, pool = pools.popitem()
        pool.close(timeout=POOL_CLOSE_SECONDS)


def leave() -> None:
    """In a forked process: drop the connections and pools of the parent without closing them."""
    inherited.append((connections._connections, list(made), dict(opened_pools())))
    connections._connections = Local(connections.thread_critical)
    made.clear()
    opened_pools().clear()


def opened_pools() -> dict[str, Any]:
    """The pools of psycopg that Django has opened, by alias (Django 5.1)."""
    module = sys.modules.get("django.db.backends.postgresql.base")
    pools: dict[str, Any] | None = getattr(module and module.DatabaseWrapper, "_connection_pools", None)
    return {} if pools is None else pools
