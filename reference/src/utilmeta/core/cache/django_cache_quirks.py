"""What is to be known of a cache of Django's that keeps a lock: whether it adds in two steps, how it counts seconds."""

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

from utilmeta.conf.private_files import name_of, open_own
from utilmeta.utils.exceptions import ServiceError


@contextlib.contextmanager
def one_at_a_time(backend: Any) -> Iterator[None]:
    """In there is nobody beside, in any process, where the cache keeps files: it adds in two steps, a look whether
    there is a value and a write, and of several at once each would find none."""
    if not isinstance(backend, FileBasedCache):
        yield
        return
    backend._createdir()
    lock = open_own(Path(backend._dir, "utilmeta.lock"), os.O_RDWR | os.O_CREAT)
    with open(lock, "rb") as file:  # closing it gives the turn back
        locks.lock(file, locks.LOCK_EX)
        yield


def require_unshared(backend: FileBasedCache, alias: str) -> None:
    """Make the directory of a cache, or see that no other user can put files there: what it holds is unpickled, which
    may run anything (SECURITY-13b). Raises ServiceError."""
    directory = backend._dir
    with contextlib.suppress(OSError):  # it may have to be made by others
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
    """For how long the cache is told to keep a value that is not to expire earlier: most take whole seconds alone, and
    one in a database forgets a value when the last of them begins."""
    return seconds if isinstance(backend, (FileBasedCache, LocMemCache)) else math.ceil(seconds) + 1
