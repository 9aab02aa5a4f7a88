"""A Response that a plugin has seen and kept has the request that it answered first."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(
    hook_middleware.make_response,
    "    response.request = request",
    '    if getattr(response, "request", None) is None:\n        response.request = request',
)
