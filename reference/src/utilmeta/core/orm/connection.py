"""The connections of this process: what they raise, where they are closed, what a forked process does with them."""

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

# For each thread of a pool: one that tries to connect, or whose greenlet is another thread's (gevent), may take longer.
POOL_CLOSE_SECONDS = 1

# Every connection that was made in this process; Django knows those of the thread that asks.
made: WeakSet[Any] = WeakSet()

# What this process got from the one it was forked from. It is kept, untouched: to close it would end the other's.
inherited: list[Any] = []


def install() -> None:
    """From now on connections translate their errors (DATABASE-5c) and are known here. Called once, after Django is set
    up; nothing connects."""
    native = connections.create_connection
    connections.__dict__.pop("settings", None)  # read from Django's settings anew, if somebody has read them before

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
    """Close the connections of all threads, and the pools (DATABASE-5a). For when no request runs any more."""
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
    """In a forked process: have connections and pools of its own, and leave those of the parent to it."""
    inherited.append((connections._connections, list(made), dict(opened_pools())))
    connections._connections = Local(connections.thread_critical)
    made.clear()
    opened_pools().clear()


def opened_pools() -> dict[str, Any]:
    """Django's pools by alias (psycopg's; Django 5.1)."""
    module = sys.modules.get("django.db.backends.postgresql.base")
    pools: dict[str, Any] | None = getattr(module and module.DatabaseWrapper, "_connection_pools", None)
    return {} if pools is None else pools
