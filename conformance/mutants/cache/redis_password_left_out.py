"""A Redis is used without its password."""

from mutation import replace
from utilmeta.core.cache.backends.redis import RedisCache

replace(RedisCache.pool_options.fget, ', "password": self.password', "")
