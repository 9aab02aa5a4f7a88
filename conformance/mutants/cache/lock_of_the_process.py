"""A lock is known to the process that took it alone."""

from utilmeta.core.cache.backends.redis import RedisCache
from utilmeta.core.cache.base import BaseCache

owners = {}


def take(self, key, owner, timeout):
    return owners.setdefault(key, owner) == owner


def give(self, key, owner):
    return owners.pop(key, None) == owner


RedisCache.take, RedisCache.give = take, give
RedisCache.atake, RedisCache.agive = BaseCache.atake, BaseCache.agive
