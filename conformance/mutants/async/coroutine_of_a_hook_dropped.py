"""The coroutine that a plain hook returns in a synchronous service is dropped without a word."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle

replace(Lifecycle.call, "if inspect.iscoroutine(result) and self.settle is None:", "if False:")
