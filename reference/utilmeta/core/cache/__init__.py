"""Caches that a service takes with ``use(CacheConnections({...}))``."""

from utilmeta.core.cache.cache import Cache
from utilmeta.core.cache.connections import CacheConnections

DjangoCache = Cache

__all__ = ["Cache", "CacheConnections", "DjangoCache"]
