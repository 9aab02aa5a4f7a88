"""A shutdown hook that fails ends the shutdown without a word."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle

for stop in (Lifecycle.stop, Lifecycle.astop, Lifecycle.finish):
    replace(stop, "report(hook, error)", "return")
