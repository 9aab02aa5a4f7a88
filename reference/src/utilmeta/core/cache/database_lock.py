"""Locks in a cache that Django keeps in a database: a row, inserted and deleted by one statement each.

Django's own ``add`` looks for an expired value and then replaces it, and ``get`` looks for one and then deletes it:
between the two steps another owner may have acquired the lock (CACHE-6b).
"""

from __future__ import annotations

import base64
import pickle
import sys
from datetime import datetime, timezone
from typing import Any


def has_rows(backend: Any) -> bool:
    """Return whether Django's cache object stores its values in a database table."""
    module = sys.modules.get("django.core.cache.backends.db")
    return module is not None and isinstance(backend, module.DatabaseCache)


def take(backend: Any, key: str, owner: str, seconds: float) -> bool:
    """Insert a lock's row, after deleting an expired one; return whether there was none."""
    from django.conf import settings
    from django.db import IntegrityError, transaction

    row = Row(backend, key, owner)
    until = datetime.fromtimestamp(backend.get_backend_timeout(seconds), tz=timezone.utc if settings.USE_TZ else None)
    row.execute("DELETE FROM {table} WHERE {cache_key} = %s AND {expires} < %s", row.key, row.now())
    try:
        with transaction.atomic(using=row.alias):
            row.execute(
                "INSERT INTO {table} ({cache_key}, {value}, {expires}) VALUES (%s, %s, %s)",
                row.key,
                row.value,
                row.moment(until.replace(microsecond=0)),
            )
    except IntegrityError:
        return False
    return True


def give(backend: Any, key: str, owner: str) -> bool:
    """Delete a lock's row if this owner holds it; return whether it did."""
    row = Row(backend, key, owner)
    deleted = row.execute(
        "DELETE FROM {table} WHERE {cache_key} = %s AND {value} = %s AND {expires} >= %s", row.key, row.value, row.now()
    )
    return deleted == 1


class Row:
    """Row of a lock; ``value`` is the owner as Django's class writes it, so that ``get`` of the cache reads it."""

    def __init__(self, backend: Any, key: str, owner: str) -> None:
        from django.db import connections, router

        self.alias = router.db_for_write(backend.cache_model_class)
        self.connection = connections[self.alias]
        self.key = backend.make_and_validate_key(key)
        written = getattr(backend, "codec", pickle).dumps(owner, backend.pickle_protocol)
        self.value = base64.b64encode(written).decode("latin1")
        names = {name: name for name in ("cache_key", "value", "expires")} | {"table": backend._table}
        self.names = {name: self.connection.ops.quote_name(written) for name, written in names.items()}

    def execute(self, statement: str, *values: Any) -> int:
        """Execute a statement with the table's names filled in; return the number of rows."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement.format(**self.names), values)
            return int(cursor.rowcount)

    def moment(self, value: datetime) -> Any:
        """Return a datetime as the database stores it."""
        return self.connection.ops.adapt_datetimefield_value(value)

    def now(self) -> Any:
        """Return the current time as the database stores it."""
        from django.utils.timezone import now

        return self.moment(now())
