"""Asynchronous operations of a Redis use the key as it is given, without Django's prefix and version."""

from mutation import replace
from utilmeta.core.cache.backends.redis import RedisCache

replace(RedisCache.aget, "backend.make_and_validate_key(key)", "key")
replace(RedisCache.named, "backend.make_and_validate_key(key)", "key")
