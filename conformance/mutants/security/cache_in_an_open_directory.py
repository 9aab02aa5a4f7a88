"""A cache in files reads them wherever they are, whoever may have put them there."""

from mutation import replace
from utilmeta.core.cache.cache import Cache

VARIANTS = ("flask-sync",)

replace(Cache.share, "django_cache_quirks.require_unshared(backend, self.alias)", "pass")
