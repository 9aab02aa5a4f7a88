"""RedisCache has another import path."""

import utilmeta.core.cache.backends.redis

del utilmeta.core.cache.backends.redis.RedisCache
