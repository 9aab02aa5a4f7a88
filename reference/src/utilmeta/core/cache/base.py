"""What every cache offers, whatever keeps its values: Django's operations, plain and ``async``, and locks.

The plain ones are those of ``django.core.cache.caches[alias]``. Their twins, named as Django names them (``get``,
``aget``), run them in a thread, so that the event loop goes on (CACHE-3); a cache with an asynchronous client of its
own overrides them, and reads and writes the same values under the same keys.
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
    """One cache. ``timeout`` is how many seconds a value is kept unless told otherwise, None for ever; ``options`` are
    OPTIONS of Django's setting.

    ``serializer`` is how values are written. With ``"pickle"``, as Django writes them, any object can be kept, and
    whoever can write to the Redis, the files or the table can run code in every service that reads it. With ``"json"``
    nothing that stands there is ever run (SECURITY-17a): texts, numbers, True, False, None, lists, and dicts whose keys
    are texts can be kept; everything else, a tuple or a datetime too, is a CacheValueError.

    It is used when the service is set up, and belongs to the one CacheConnections that holds it. Where what keeps the
    values is down every operation raises CacheUnavailable, which names alias and address (CACHE-4).
    """

    timeout: float | None = 300
    key_prefix: str = ""
    options: Mapping[str, Any] = Field(default_factory=dict)
    serializer: Literal["pickle", "json"] = "pickle"
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
        """The name that CacheConnections gives it. Raises LookupError before there is one."""
        if not self._alias:
            raise LookupError(f"{self!r} has no alias; put it into the service's CacheConnections")
        return self._alias

    def take_alias(self, alias: str) -> str:
        """Have this be the alias unless the cache has one already; the alias that it has now."""
        self._alias = self._alias or alias
        return self._alias

    @property
    def path(self) -> str:
        """The import path of Django's class for it."""
        raise NotImplementedError

    @property
    def address(self) -> str:
        """Where it is, as an error says it: without a password."""
        raise NotImplementedError

    @property
    def settings(self) -> dict[str, Any]:
        """What stands for it in Django's CACHES (CACHE-1)."""
        return {
            "BACKEND": self.path,
            "TIMEOUT": self.timeout,
            "KEY_PREFIX": self.key_prefix,
            "OPTIONS": {**self.redis_options, **self.options},
        }

    @property
    def redis_options(self) -> dict[str, Any]:
        """What OPTIONS of Django's Redis cache have to say of the serializer."""
        return {"serializer": JSON_IN_REDIS} if self.serializer == "json" and self.path == REDIS else {}

    @property
    def backend(self) -> Any:
        """Django's own cache object."""
        from django.core.cache import caches

        return caches[self.alias]

    def share(self, backend: Any) -> Any:
        """What Django gives out of a fresh object of its own. It makes one for each context, so for each request: of a
        Redis always the same is given, for redis-py's pools serve every thread, and start anew in a forked process."""
        if self.path != REDIS:
            return backend
        if self._shared is None:
            self._shared = backend
        return self._shared

    def naming(self) -> AbstractContextManager[None]:
        """In there a failure of what keeps the values names this cache."""
        return naming(self.alias, self.address)

    async def aside(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a plain operation in a thread."""
        return await run_in_thread(function, *arguments)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of ``key``, or ``default``."""
        return self.backend.get(key, default)

    async def aget(self, key: str, default: Any = None) -> Any:
        """As ``get``."""
        return await self.aside(self.get, key, default)

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """The values of those keys that have one."""
        found: dict[str, Any] = self.backend.get_many(list(keys))
        return found

    async def aget_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """As ``get_many``."""
        found: dict[str, Any] = await self.aside(self.get_many, list(keys))
        return found

    def set(self, key: str, value: Any, timeout: float | None = UNSAID) -> None:
        """Keep ``value`` for ``timeout`` seconds; None is for ever, unsaid is the cache's own ``timeout``."""
        self.backend.set(key, value, **said(timeout))

    async def aset(self, key: str, value: Any, timeout: float | None = UNSAID) -> None:
        """As ``set``."""
        await self.aside(self.set, key, value, timeout)

    def add(self, key: str, value: Any, timeout: float | None = UNSAID) -> bool:
        """As ``set``, if ``key`` has no value; whether it had none."""
        return bool(self.backend.add(key, value, **said(timeout)))

    async def aadd(self, key: str, value: Any, timeout: float | None = UNSAID) -> bool:
        """As ``add``."""
        return bool(await self.aside(self.add, key, value, timeout))

    def delete(self, key: str) -> bool:
        """Forget ``key``; whether it had a value."""
        return bool(self.backend.delete(key))

    async def adelete(self, key: str) -> bool:
        """As ``delete``."""
        return bool(await self.aside(self.delete, key))

    def incr(self, key: str, delta: int = 1) -> int:
        """Add to the number at ``key`` and return it. Raises ValueError where there is none."""
        return int(self.backend.incr(key, delta))

    async def aincr(self, key: str, delta: int = 1) -> int:
        """As ``incr``."""
        return int(await self.aside(self.incr, key, delta))

    def expire(self, key: str, timeout: float | None = UNSAID) -> bool:
        """Keep ``key`` for ``timeout`` seconds from now; whether it has a value. Django calls it ``touch``."""
        return bool(self.backend.touch(key, **said(timeout)))

    async def aexpire(self, key: str, timeout: float | None = UNSAID) -> bool:
        """As ``expire``."""
        return bool(await self.aside(self.expire, key, timeout))

    def lock(self, name: str, *, timeout: float, wait: float = 10) -> CacheLock:
        """A lock that all who use this cache share: ``with cache.lock("report", timeout=30):``, or ``async with``.

        It expires ``timeout`` seconds after it was taken; whoever finds it taken waits for ``wait`` seconds at most.
        """
        return CacheLock(self, name, timeout, wait)

    def take(self, key: str, owner: str, timeout: float) -> bool:
        """Take a lock for ``owner``, if nobody has it."""
        backend = self.backend
        if not backend.add(key, owner, timeout):
            return False
        if backend.get(key) != owner:
            raise NotImplementedError(f"the cache {self.alias!r} does not keep a lock")
        return True

    async def atake(self, key: str, owner: str, timeout: float) -> bool:
        """As ``take``."""
        return bool(await self.aside(self.take, key, owner, timeout))

    def give(self, key: str, owner: str) -> bool:
        """Give a lock back; whether ``owner`` still had it.

        Django's caches cannot do both at once: an owner whose lock expires in between gives back that of the next one.
        """
        backend = self.backend
        return backend.get(key) == owner and bool(backend.delete(key))

    async def agive(self, key: str, owner: str) -> bool:
        """As ``give``."""
        return bool(await self.aside(self.give, key, owner))

    def close(self) -> None:
        """Close what plain operations have opened and keep open."""
        if self._shared is not None:
            for pool in self._shared._cache._pools.values():
                pool.disconnect()

    async def aclose(self) -> None:
        """Close what asynchronous operations have opened on the running loop."""


def said(timeout: float | None) -> dict[str, float | None]:
    return {} if timeout is UNSAID else {"timeout": timeout}
