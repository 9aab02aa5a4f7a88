"""A service takes half a second longer to stop, after its hooks."""

import asyncio
import time

from utilmeta.core.pipeline.lifecycle import Lifecycle

LEVEL = "full"
stop, astop = Lifecycle.stop, Lifecycle.astop


def slow_stop(self):
    first = self.started and not self.stopped
    stop(self)
    if first:
        time.sleep(0.5)


async def slow_astop(self):
    first = self.started and not self.stopped
    await astop(self)
    if first:
        await asyncio.sleep(0.5)


Lifecycle.stop, Lifecycle.astop = slow_stop, slow_astop
