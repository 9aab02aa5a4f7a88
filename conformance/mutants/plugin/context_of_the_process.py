"""All requests have one context."""

from mutation import replace
from utilmeta.core.request import request

request.CONTEXT = {}
replace(request.Request.context.fget, "dict[str, Any] = {}", "dict[str, Any] = CONTEXT")
