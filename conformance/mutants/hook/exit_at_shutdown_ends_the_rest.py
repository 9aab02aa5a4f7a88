"""A shutdown hook that exits is the last one that runs."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle

for stop in (Lifecycle.stop, Lifecycle.astop, Lifecycle.finish):
    replace(stop, "except BaseException as error:", "except Exception as error:")
