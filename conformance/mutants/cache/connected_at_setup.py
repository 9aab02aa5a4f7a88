"""setup() asks every cache, to see that it is there."""

from utilmeta.core.cache import CacheConnections

setup = CacheConnections.setup


def asking(self, service):
    setup(self, service)
    for cache in self.caches.values():
        cache.get("key")


CacheConnections.setup = asking
