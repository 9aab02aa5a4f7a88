"""Django is told of the cache `default` alone."""

from mutation import replace
from utilmeta.core.cache import CacheConnections

replace(CacheConnections.django_settings, "in self.caches.items()", "in self.caches.items() if alias == 'default'")
