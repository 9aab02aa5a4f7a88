"""An asynchronous get() of a Django cache runs on the event loop."""

from mutation import replace
from utilmeta.core.cache.base import BaseCache

replace(BaseCache.aget, "await self.aside(self.get, key, default)", "self.get(key, default)")
