"""What a before hook returns is dropped, and the endpoint runs."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(hook_middleware.with_before_hooks, "if result is not None:", "if False:")
