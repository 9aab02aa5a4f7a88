"""The shutdown hooks run in the order of registration."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle

for stop in (Lifecycle.stop, Lifecycle.astop, Lifecycle.finish):
    replace(stop, "reversed(self.shutdown)", "self.shutdown")
