"""What process_request returns is dropped."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(hook_middleware.with_plugin_request, "if result is not None:", "if False:")
