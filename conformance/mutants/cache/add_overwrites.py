"""The asynchronous add() writes over the value that is there."""

from utilmeta.core.cache.backends.redis import RedisCache
from utilmeta.core.cache.base import BaseCache


async def aadd(self, *arguments):
    return bool(await self.aset(*arguments)) or True


BaseCache.aadd = RedisCache.aadd = aadd
