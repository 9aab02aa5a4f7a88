"""Quirks of Django's caches that matter for locks: adding in two steps, unpickling files, whole seconds."""

from __future__ import annotations

import contextlib
import math
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.files import locks

from utilmeta.utils.exceptions import ServiceError
from utilmeta.utils.private_files import name_of, open_own


@contextlib.contextmanager
def one_at_a_time(backend: Any) -> Iterator[None]:
    """Exclude all other processes while a cache in files is used; for other caches do nothing.

    Such a cache adds in two steps, a look and a write, so that several adds at once would all succeed.
    """
    if not isinstance(backend, FileBasedCache):
        yield
        return
    backend._createdir()
    lock = open_own(Path(backend._dir, "utilmeta.lock"), os.O_RDWR | os.O_CREAT)
    with open(lock, "rb") as file:  # closing the file releases the lock
        locks.lock(file, locks.LOCK_EX)
        yield


def require_unshared(backend: FileBasedCache, alias: str) -> None:
    """Make the directory of a cache in files, and check that no other user can put files there.

    The files are unpickled, which can run any code (SECURITY-13b). Raises ServiceError.
    """
    directory = backend._dir
    with contextlib.suppress(OSError):  # the directory may have to be made by another user
        backend._createdir()
    if os.name != "posix" or not os.path.lexists(directory):
        return
    status, link = os.stat(directory), os.lstat(directory)
    others = {status.st_uid, link.st_uid} - {os.geteuid(), 0}
    if others:
        why = f"which belongs to {name_of(others.pop())}"
    elif status.st_mode & stat.S_IWOTH:
        why = "to which every user may write"
    else:
        return
    raise ServiceError(
        f"the cache {alias!r} keeps its values in {directory}, {why}: another user could put there what this service "
        "then runs; choose a directory of its own user's, of mode 0700"
    )


def at_least(seconds: float, backend: Any) -> float:
    """Return the timeout for a cache that must not drop a value before ``seconds`` have passed.

    Most of Django's caches cut timeouts to whole seconds, and one in a database drops a value when the last one begins.
    """
    return seconds if isinstance(backend, (FileBasedCache, LocMemCache)) else math.ceil(seconds) + 1
