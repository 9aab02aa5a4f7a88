"""Shutdown hooks are registered, and no server calls them."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle

for stop in (Lifecycle.stop, Lifecycle.astop, Lifecycle.finish):
    replace(stop, "if not self.started or self.stopped:", "if True:")
