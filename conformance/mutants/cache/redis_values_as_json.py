"""What is written to a Redis in async is JSON, which Django does not read."""

import json

from utilmeta.core.cache.backends.redis import RedisCache

RedisCache.codec = json
