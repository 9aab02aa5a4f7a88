"""Async code waits for a Redis on its event loop."""

from utilmeta.core.cache.backends.redis import RedisCache


async def aget(self, key, default=None):
    return self.get(key, default)


RedisCache.aget = aget
