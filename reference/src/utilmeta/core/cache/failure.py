"""Errors of a cache that is down, turned into CacheUnavailable, which names alias and address (CACHE-4).

The error has the class of the library's error too, so that code which catches that goes on to work.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Iterator
from typing import Any

from utilmeta.utils.exceptions import CacheUnavailable, CacheValueError

# Exceptions for a cache that cannot be reached, of libraries that do not raise an OSError.
FAILURES = {
    "redis": ("ConnectionError", "TimeoutError"),
    "pymemcache.exceptions": ("MemcacheServerError",),
}


def failures() -> tuple[type[BaseException], ...]:
    """Return the exception classes that say that a cache cannot be reached."""
    loaded = ((sys.modules[module], names) for module, names in FAILURES.items() if module in sys.modules)
    return OSError, *(getattr(module, name) for module, names in loaded for name in names)


@contextlib.contextmanager
def naming(alias: str, address: str) -> Iterator[None]:
    """Context manager in which errors of a cache become CacheUnavailable, and a CacheValueError names the cache."""
    try:
        yield
    except CacheValueError as error:
        if error.cache:
            raise
        raise CacheValueError(f"the cache {alias!r} at {address}: {error}", cache=alias) from None
    except Exception as error:
        if isinstance(error, CacheUnavailable) or not isinstance(error, failures()):
            raise
        kind: Any = type(error)
        raise both(kind)(f"the cache {alias!r} at {address} is not available: {error}") from error


@functools.cache
def both(cls: Any) -> type[Exception]:
    """Return a class that is CacheUnavailable and the library's exception class."""
    return type("CacheUnavailable", (CacheUnavailable, cls), {"__module__": CacheUnavailable.__module__})


def guarded(function: Callable[..., Any], alias: str, address: str) -> Callable[..., Any]:
    """Return ``function`` with errors that name the cache."""

    @functools.wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        with naming(alias, address):
            return function(*arguments, **keywords)

    return call
