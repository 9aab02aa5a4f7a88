"""An HTTP error that a plugin answers keeps what it holds of its request."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(hook_middleware.with_plugin_error, "forget_handled(error)", "pass")
