"""Caches that a service takes with ``use(CacheConnections({...}))``.

Values are pickles, as Django writes them, unless a cache has ``serializer="json"``. To read a pickle runs what it says,
so whoever can write to the Redis, the folder or the table of such a cache can run code in the service.
"""

from utilmeta.core.cache.cache import Cache
from utilmeta.core.cache.connections import CacheConnections

DjangoCache = Cache

__all__ = ["Cache", "CacheConnections", "DjangoCache"]
