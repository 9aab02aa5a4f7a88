"""What an after hook returns is dropped."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(hook_middleware.with_after_hooks, "if result is not None:", "if False:")
