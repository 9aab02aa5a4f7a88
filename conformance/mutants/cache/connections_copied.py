"""CacheConnections gives out copies of its caches."""

from mutation import replace
from utilmeta.core.cache import CacheConnections

replace(CacheConnections.__getitem__, "return self.caches[alias]", "return self.caches[alias].model_copy()")
