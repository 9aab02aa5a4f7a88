"""A startup hook that fails is reported, and the service goes on."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle

for start in (Lifecycle.start, Lifecycle.run_startup):
    replace(start, "raise self.fail(hook, error) from error", "report(hook, error)")
