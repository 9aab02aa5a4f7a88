"""Whoever asks for a lock gets it."""

from utilmeta.core.cache.backends.redis import RedisCache
from utilmeta.core.cache.base import BaseCache


def yes(self, *arguments):
    return True


async def ayes(self, *arguments):
    return True


for cache in (BaseCache, RedisCache):
    cache.take = cache.give = yes
    cache.atake = cache.agive = ayes
