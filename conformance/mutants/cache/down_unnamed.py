"""An error of a cache that is down is the library's own, which knows of no alias."""

from mutation import replace
from utilmeta.core.cache.failure import naming

replace(naming, "isinstance(error, CacheUnavailable) or not isinstance(error, failures())", "True")
