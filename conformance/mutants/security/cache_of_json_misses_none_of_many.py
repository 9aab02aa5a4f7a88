"""Asked for several keys in async, a RedisCache leaves out those whose value is None."""

from mutation import replace
from utilmeta.core.cache.backends.redis import RedisCache

replace(
    RedisCache.aget_many,
    "zip(names, values, strict=True) if value is not None",
    "zip(names, values, strict=True) if value is not None and loads(value) is not None",
)
