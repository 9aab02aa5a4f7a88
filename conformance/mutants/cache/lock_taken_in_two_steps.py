"""Whoever wants a lock looks whether it is free, and then takes it."""

import time

from utilmeta.core.cache import Cache
from utilmeta.core.cache.backends.redis import RedisCache


def take(self, key, owner, timeout):
    backend = self.backend
    if backend.get(key) is not None:
        return False
    time.sleep(0.05)
    backend.set(key, owner, timeout)
    return True


Cache.take = RedisCache.take = take
