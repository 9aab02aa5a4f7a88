"""An `async with` of a lock that is cancelled, by a timeout or otherwise, does not give the lock back."""

from mutation import replace
from utilmeta.core.cache import lock

replace(
    lock.CacheLock.__aexit__,
    "if not await self.arelease()",
    "if isinstance(error, asyncio.CancelledError):\n        return\n    if not await self.arelease()",
)
