"""Locks that the users of a cache share: each has an owner, who alone can release it, and expires by itself."""

from __future__ import annotations

import asyncio
import math
import secrets
import time
from typing import Any, Protocol

from utilmeta.utils.exceptions import LockExpired, LockHeld

PAUSE = 0.05


class LockStore(Protocol):
    """Keeps the owners of locks; every cache does."""

    @property
    def alias(self) -> str:
        """The name of the cache in the service's CacheConnections."""

    def take(self, key: str, owner: str, timeout: float) -> bool:
        """Take the lock ``key`` for ``owner`` and ``timeout`` seconds, unless another owner has it."""

    async def atake(self, key: str, owner: str, timeout: float) -> bool:
        """As ``take``."""

    def give(self, key: str, owner: str) -> bool:
        """Give the lock ``key`` back; whether ``owner`` still had it."""

    async def agive(self, key: str, owner: str) -> bool:
        """As ``give``."""


class CacheLock:
    """Lock in a cache, for ``with`` or ``async with``; ``owner`` is a random name of this object.

    A second lock object of the same name has another owner, so the two exclude each other. Entering raises LockHeld if
    another owner holds the lock for all of ``wait``; leaving raises LockExpired if ``timeout`` passed before, because
    then another owner may have held it too.
    """

    def __init__(self, cache: LockStore, name: str, timeout: float, wait: float) -> None:
        for what, seconds in (("timeout", timeout), ("wait", wait)):
            if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
                raise TypeError(f"the lock {name!r} has the {what} {seconds!r}; it is a number of seconds")
        if not 0 < timeout < math.inf:
            raise ValueError(f"the lock {name!r} has a timeout of {timeout!r} seconds; it is to be more than none")
        if not wait >= 0:
            raise ValueError(f"the lock {name!r} waits for {wait!r} seconds; the least is 0, for not at all")
        self.cache = cache
        self.name = name
        self.timeout = timeout
        self.wait = wait
        self.owner = secrets.token_hex(16)
        self.key = f"lock:{name}"

    def acquire(self) -> bool:
        """Acquire the lock, within ``wait`` seconds; return whether it was acquired."""
        until = time.monotonic() + self.wait
        while not self.cache.take(self.key, self.owner, self.timeout):
            if time.monotonic() >= until:
                return False
            time.sleep(PAUSE)
        return True

    async def aacquire(self) -> bool:
        """Asynchronous ``acquire``: acquire the lock, within ``wait`` seconds; return whether it was acquired."""
        until = time.monotonic() + self.wait
        while not await self.cache.atake(self.key, self.owner, self.timeout):
            if time.monotonic() >= until:
                return False
            await asyncio.sleep(PAUSE)
        return True

    def release(self) -> bool:
        """Release the lock; return False, and do nothing else, where this owner does not hold it (any more)."""
        return self.cache.give(self.key, self.owner)

    async def arelease(self) -> bool:
        """Asynchronous ``release``: release the lock; return False where this owner does not hold it (any more)."""
        return await self.cache.agive(self.key, self.owner)

    def __enter__(self) -> CacheLock:
        if not self.acquire():
            raise self.held()
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if not self.release() and error is None:
            raise self.expired()

    async def __aenter__(self) -> CacheLock:
        if not await self.aacquire():
            raise self.held()
        return self

    async def __aexit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if not await self.arelease() and error is None:
            raise self.expired()

    def held(self) -> LockHeld:
        """Return the error for a lock that was not acquired."""
        return LockHeld(
            f"the lock {self.name!r} of the cache {self.cache.alias!r} has another owner, after {self.wait:g} s"
        )

    def expired(self) -> LockExpired:
        """Return the error for a lock that expired before its release."""
        return LockExpired(
            f"the lock {self.name!r} of the cache {self.cache.alias!r} expired before its owner was done: give it more "
            f"than {self.timeout:g} s"
        )
