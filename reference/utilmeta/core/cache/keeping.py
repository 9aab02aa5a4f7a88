"""What is to be known of a cache of Django's that keeps a lock: whether it adds in two steps, how it counts seconds."""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.files import locks


@contextlib.contextmanager
def one_at_a_time(backend: Any) -> Iterator[None]:
    """In there is nobody beside, in any process, where the cache keeps files: it adds in two steps, a look whether
    there is a value and a write, and of several at once each would find none."""
    if not isinstance(backend, FileBasedCache):
        yield
        return
    backend._createdir()
    with open(os.path.join(backend._dir, "utilmeta.lock"), "ab") as file:  # closing it gives the turn back
        locks.lock(file, locks.LOCK_EX)
        yield


def at_least(seconds: float, backend: Any) -> float:
    """For how long the cache is told to keep a value that is not to expire earlier: most take whole seconds alone, and
    one in a database forgets a value when the last of them begins."""
    return seconds if isinstance(backend, (FileBasedCache, LocMemCache)) else math.ceil(seconds) + 1
