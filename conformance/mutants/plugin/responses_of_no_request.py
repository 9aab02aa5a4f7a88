"""A response does not know its request."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(hook_middleware.make_response, "response.request = request", "response.request = None")
