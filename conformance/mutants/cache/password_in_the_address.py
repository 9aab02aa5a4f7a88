"""The address of a Redis that errors name has its password, as URLs do."""

from utilmeta.core.cache.backends.redis import RedisCache

RedisCache.location = property(lambda self: f"redis://{self.host}:{self.port}/{self.db}")
RedisCache.address = property(lambda self: f":{self.password}@{self.host}:{self.port}")
