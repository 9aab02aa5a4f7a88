"""A Redis is used without regard to its `db`."""

from mutation import replace
from utilmeta.core.cache.backends.redis import RedisCache

replace(RedisCache.location.fget, "/{self.db}", "")
