"""What a before hook raises is dropped, and the endpoint runs."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

TRIED = """            try:
                result = await hook(state)
            except Exception:
                result = None"""

replace(hook_middleware.with_before_hooks, "            result = await hook(state)", TRIED)
