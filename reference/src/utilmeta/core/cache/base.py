"""Base class of caches: Django's operations, plain and ``async``, and locks.

The plain ones are those of ``django.core.cache.caches[alias]``. The asynchronous ones, named as in Django (``get``,
``aget``), run them in a thread, so that the event loop is not blocked (CACHE-3). A cache with an asynchronous client
overrides them, and reads and writes the same values under the same keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Literal

from pydantic import Field, PrivateAttr, model_validator
from typing_extensions import Self

from utilmeta.conf.config import Value
from utilmeta.core.cache.failure import naming
from utilmeta.core.cache.lock import CacheLock
from utilmeta.core.concurrency.threads import run_in_thread

REDIS = "django.core.cache.backends.redis.RedisCache"
JSON_IN_REDIS = "utilmeta.core.cache.json.JSONSerializer"
UNSAID: Any = object()


class BaseCache(Value):
    """Base of the caches. ``timeout`` is for how many seconds a value is kept by default, None for ever.

    ``options`` are OPTIONS of Django's setting. ``serializer`` is how values are written. With ``"pickle"``, as Django
    writes them, any object can be stored, and those who can write to the Redis, the files or the table can run code in
    every service that reads them. With ``"json"`` no stored value is ever run (SECURITY-17a): texts, numbers, True,
    False, None, lists, and dicts whose keys are texts can be stored; anything else, a tuple or a datetime too, is a
    CacheValueError.

    A cache can be used once the service is set up, and belongs to one CacheConnections. Every operation raises
    CacheUnavailable, which names alias and address, where the store does not answer (CACHE-4).
    """

    timeout: float | None = 300
    """Seconds for which a value is kept unless an operation says otherwise; None keeps it for ever. TIMEOUT of Django's
    setting."""
    key_prefix: str = ""
    """Text before every key in the store, for stores that services share. KEY_PREFIX of Django's setting."""
    options: Mapping[str, Any] = Field(default_factory=dict)
    """OPTIONS of Django's setting; empty by default."""
    serializer: Literal["pickle", "json"] = "pickle"
    """How values are written: as pickles, or as JSON, of which nothing is ever run (SECURITY-17a)."""
    _alias: str = PrivateAttr(default="")
    _shared: Any = PrivateAttr(default=None)

    @model_validator(mode="after")
    def check_serializer(self) -> Self:
        if self.serializer == "json" and "serializer" in self.options:
            raise ValueError(
                'options: serializer="json" and a serializer of the options contradict each other; leave one'
            )
        return self

    @property
    def alias(self) -> str:
        """The name that CacheConnections gives the cache. Raises LookupError before there is one."""
        if not self._alias:
            raise LookupError(f"{self!r} has no alias; put it into the service's CacheConnections")
        return self._alias

    def take_alias(self, alias: str) -> str:
        """Have this be the alias unless the cache has one already; the alias that it has now."""
        self._alias = self._alias or alias
        return self._alias

    @property
    def path(self) -> str:
        """The import path of Django's cache class."""
        raise NotImplementedError

    @property
    def address(self) -> str:
        """The address for errors, without a password."""
        raise NotImplementedError

    @property
    def settings(self) -> dict[str, Any]:
        """The cache's entry in Django's setting CACHES (CACHE-1)."""
        return {
            "BACKEND": self.path,
            "TIMEOUT": self.timeout,
            "KEY_PREFIX": self.key_prefix,
            "OPTIONS": {**self.redis_options, **self.options},
        }

    @property
    def redis_options(self) -> dict[str, Any]:
        """The OPTIONS of Django's Redis cache that select the serializer."""
        return {"serializer": JSON_IN_REDIS} if self.serializer == "json" and self.path == REDIS else {}

    @property
    def backend(self) -> Any:
        """Django's own cache object."""
        from django.core.cache import caches

        return caches[self.alias]

    def share(self, backend: Any) -> Any:
        """Return the object that Django gives out for its new cache object ``backend``.

        Django makes one for each context, so for each request. For Redis the first one is always given: redis-py's
        pools serve every thread, and start anew in a forked process.
        """
        if self.path != REDIS:
            return backend
        if self._shared is None:
            self._shared = backend
        return self._shared

    def naming(self) -> AbstractContextManager[None]:
        """Return a context manager that turns errors of the store into errors whose message names this cache."""
        return naming(self.alias, self.address)

    async def aside(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a plain operation in a thread."""
        return await run_in_thread(function, *arguments)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of ``key``, or ``default``."""
        return self.backend.get(key, default)

    async def aget(self, key: str, default: Any = None) -> Any:
        """Asynchronous ``get``: return the value of ``key``, or ``default``."""
        return await self.aside(self.get, key, default)

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """Return the values of those keys that have one."""
        found: dict[str, Any] = self.backend.get_many(list(keys))
        return found

    async def aget_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """Asynchronous ``get_many``: return the values of those keys that have one."""
        found: dict[str, Any] = await self.aside(self.get_many, list(keys))
        return found

    def set(self, key: str, value: Any, timeout: float | None = UNSAID) -> None:
        """Store ``value`` for ``timeout`` seconds; None is for ever, by default it is the cache's own ``timeout``."""
        self.backend.set(key, value, **said(timeout))

    async def aset(self, key: str, value: Any, timeout: float | None = UNSAID) -> None:
        """Asynchronous ``set``: store ``value`` for ``timeout`` seconds."""
        await self.aside(self.set, key, value, timeout)

    def add(self, key: str, value: Any, timeout: float | None = UNSAID) -> bool:
        """Store ``value`` if ``key`` has none, as ``set`` does; return whether it was stored."""
        return bool(self.backend.add(key, value, **said(timeout)))

    async def aadd(self, key: str, value: Any, timeout: float | None = UNSAID) -> bool:
        """Asynchronous ``add``: store ``value`` if ``key`` has none; return whether it was stored."""
        return bool(await self.aside(self.add, key, value, timeout))

    def delete(self, key: str) -> bool:
        """Delete the value of ``key``; return whether it had one."""
        return bool(self.backend.delete(key))

    async def adelete(self, key: str) -> bool:
        """Asynchronous ``delete``: delete the value of ``key``; return whether it had one."""
        return bool(await self.aside(self.delete, key))

    def incr(self, key: str, delta: int = 1) -> int:
        """Add ``delta`` to the number at ``key`` and return the sum. Raises ValueError where there is no number."""
        return int(self.backend.incr(key, delta))

    async def aincr(self, key: str, delta: int = 1) -> int:
        """Asynchronous ``incr``: add ``delta`` to the number at ``key`` and return the sum."""
        return int(await self.aside(self.incr, key, delta))

    def expire(self, key: str, timeout: float | None = UNSAID) -> bool:
        """Let the value of ``key`` expire ``timeout`` seconds from now, like Django's ``touch``.

        Return whether it has one.
        """
        return bool(self.backend.touch(key, **said(timeout)))

    async def aexpire(self, key: str, timeout: float | None = UNSAID) -> bool:
        """Asynchronous ``expire``: let the value of ``key`` expire ``timeout`` seconds from now."""
        return bool(await self.aside(self.expire, key, timeout))

    def lock(self, name: str, *, timeout: float, wait: float = 10) -> CacheLock:
        """Return a lock that all users of this cache share, for ``with`` or ``async with``.

        It expires ``timeout`` seconds after it was acquired. Acquiring it waits for ``wait`` seconds at most.
        """
        return CacheLock(self, name, timeout, wait)

    def take(self, key: str, owner: str, timeout: float) -> bool:
        """Acquire a lock for ``owner`` and return True, or return False where it is held."""
        backend = self.backend
        if not backend.add(key, owner, timeout):
            return False
        if backend.get(key) != owner:
            raise NotImplementedError(f"the cache {self.alias!r} does not keep a lock")
        return True

    async def atake(self, key: str, owner: str, timeout: float) -> bool:
        """Asynchronous ``take``: acquire a lock for ``owner``; return whether it was free."""
        return bool(await self.aside(self.take, key, owner, timeout))

    def give(self, key: str, owner: str) -> bool:
        """Release a lock; return whether ``owner`` still held it.

        Django's caches cannot compare and delete at once: an owner whose lock expires in between releases the next
        owner's.
        """
        backend = self.backend
        return backend.get(key) == owner and bool(backend.delete(key))

    async def agive(self, key: str, owner: str) -> bool:
        """Asynchronous ``give``: release a lock; return whether ``owner`` still held it."""
        return bool(await self.aside(self.give, key, owner))

    def close(self) -> None:
        """Close the connections that plain operations keep open."""
        if self._shared is not None:
            for pool in self._shared._cache._pools.values():
                pool.disconnect()

    async def aclose(self) -> None:
        """Close the connections that asynchronous operations have opened on the running loop."""


def said(timeout: float | None) -> dict[str, float | None]:
    """Return a timeout as keyword arguments for Django, none where it was not given."""
    return {} if timeout is UNSAID else {"timeout": timeout}
