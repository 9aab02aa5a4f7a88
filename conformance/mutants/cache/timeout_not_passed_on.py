"""Django is not told of the `timeout` of a cache."""

from mutation import replace
from utilmeta.core.cache.base import BaseCache

replace(BaseCache.settings.fget, '"TIMEOUT": self.timeout,', "")
