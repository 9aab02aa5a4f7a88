"""Caches of a service, declared by ``use(CacheConnections({...}))``.

Values are stored as pickles, as Django writes them, unless a cache has ``serializer="json"``. Reading a pickle can run
any code, so those who can write to the Redis, the folder or the table of such a cache can run code in the service.
"""

from utilmeta.core.cache.cache import Cache
from utilmeta.core.cache.connections import CacheConnections

DjangoCache = Cache

__all__ = ["Cache", "CacheConnections", "DjangoCache"]
