"""A Response that answers two requests at once has the later one in both."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(hook_middleware.make_response, "if response is result:", "if response is None:")
