"""An engine that is none of Django's short names is a cache in memory."""

from mutation import replace
from utilmeta.core.cache import Cache

replace(Cache.django_path.fget, "ENGINES.get(self.engine, self.engine)", "ENGINES.get(self.engine, ENGINES['locmem'])")
