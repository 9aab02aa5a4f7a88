"""expire() keeps a value for the cache's own timeout, whatever it is given."""

from mutation import replace
from utilmeta.core.cache.base import BaseCache

replace(BaseCache.expire, ", **said(timeout)", "")
