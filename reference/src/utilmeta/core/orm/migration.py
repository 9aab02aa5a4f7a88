"""Runs Django's migrations in one worker at a time (DATABASE-9).

Under Django alone two workers that find a migration unapplied both apply it, and one of them fails. The workers take a
lock: an advisory lock of PostgreSQL, which holds for workers on any machine; for other databases a lock on a file in a
private directory (DATABASE-9b), which holds for the workers of one user on one machine.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.core.files import locks
from django.core.management import call_command
from django.db import DatabaseError, connections

from utilmeta.core.orm.error import address_of
from utilmeta.utils.exceptions import ServiceError
from utilmeta.utils.private_files import make_missing, make_private, open_own, state_directory

KEY = int.from_bytes(hashlib.sha256(b"utilmeta migrate").digest()[:8], "big", signed=True)
PAUSE_SECONDS = 0.05


def migrate(alias: str, wait: float) -> None:
    """Run the migrations of a database. Raises ServiceError where the lock is not free within ``wait`` seconds."""
    with turns(alias) as take:
        until = time.monotonic() + wait
        while not take():
            if time.monotonic() > until:
                raise ServiceError(
                    f"the database {alias!r} is still being migrated by another worker after {wait:g} s; wait longer, "
                    "or see what that one waits for"
                )
            time.sleep(PAUSE_SECONDS)
        call_command("migrate", database=alias, interactive=False, verbosity=0)


def turns(alias: str) -> contextlib.AbstractContextManager[Callable[[], bool]]:
    """A context whose value tries to take the lock of a database; the lock is released at its end."""
    return turns_in_postgresql(alias) if connections[alias].vendor == "postgresql" else turns_in_a_file(alias)


@contextlib.contextmanager
def turns_in_postgresql(alias: str) -> Iterator[Callable[[], bool]]:
    """``turns`` by an advisory lock of the database."""
    connection = connections.create_connection(alias)  # another one, as a migration may end the transaction

    def ask(query: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(query, [KEY])
            return bool(cursor.fetchone()[0])

    try:
        yield lambda: ask("SELECT pg_try_advisory_lock(%s)")
    finally:
        with contextlib.suppress(DatabaseError):  # a session that has ended has no lock any more
            ask("SELECT pg_advisory_unlock(%s)")  # a pool would keep the session, and its lock
        connection.close()


@contextlib.contextmanager
def turns_in_a_file(alias: str) -> Iterator[Callable[[], bool]]:
    """``turns`` by a lock on a file. Raises ServiceError where the file cannot be opened."""
    settings = connections[alias].settings_dict
    where = hashlib.sha256(f"{address_of(settings)} {settings['NAME']}".encode()).hexdigest()[:16]
    file = lock_directory() / f"migrate-{where}.lock"
    try:
        descriptor = open_own(file, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise ServiceError(f"the lock of a migration cannot be opened: {error}; remove {file}") from error
    with open(descriptor, "rb") as held:  # closing it releases the lock
        yield lambda: bool(locks.lock(held, locks.LOCK_EX | locks.LOCK_NB))


def lock_directory() -> Path:
    """The private directory of lock files: the state directory, or a temporary one where the user has no writable home.

    Raises ServiceError where it is another user's, or a link (DATABASE-9b).
    """
    try:
        directory = state_directory()
        make_missing(directory)
    except (OSError, RuntimeError):
        directory = Path(tempfile.gettempdir()) / f"utilmeta-{os.getuid() if hasattr(os, 'getuid') else ''}"
    try:
        make_private(directory)
    except OSError as error:
        raise ServiceError(
            f"no lock of a migration can be kept: {error}. Remove it, or set XDG_STATE_HOME to a directory of yours"
        ) from error
    return directory
