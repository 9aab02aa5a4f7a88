"""In the Redis of Django's own engine values are pickles, whatever the serializer is; in a RedisCache they are not."""

from utilmeta.core.cache.cache import Cache

Cache.redis_options = property(lambda self: {})
