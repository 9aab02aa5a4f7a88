"""CacheConnections has another import path."""

import utilmeta.core.cache

del utilmeta.core.cache.CacheConnections
