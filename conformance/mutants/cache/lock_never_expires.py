"""A lock of a Redis is held until its owner gives it back."""

from mutation import replace
from utilmeta.core.cache.backends.redis import RedisCache

for take in (RedisCache.take, RedisCache.atake):
    replace(take, "px=milliseconds(timeout), ", "")
