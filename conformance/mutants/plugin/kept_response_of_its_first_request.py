"""A Response that is answered again has the request that it answered first."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(hook_middleware.make_response, "if response is result:", "if response is None:")
replace(
    hook_middleware.make_response,
    "response.request = request",
    'response.request = getattr(response, "request", request)',
)
