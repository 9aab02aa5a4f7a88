"""Whoever is done gives the lock back, whoever owns it by then."""

from utilmeta.core.cache.backends import redis

redis.GIVE = "return redis.call('del', KEYS[1])"
