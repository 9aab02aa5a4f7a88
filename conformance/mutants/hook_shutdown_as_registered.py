"""The shutdown hooks run in the order of registration."""

from mutation import replace
from utilmeta.core.server.lifecycle import Lifecycle

for stop in (Lifecycle.stop, Lifecycle.astop, Lifecycle.finish):
    replace(stop, "reversed(self.shutdown)", "self.shutdown")
