"""A deprecated endpoint says so in a header of its answers."""

from mutation import replace
from utilmeta.core.pipeline import call
from utilmeta.core.response.template import shape

call.shape = shape
replace(
    call.direct_call,
    "function, cls = endpoint.function, endpoint.api",
    "cls = endpoint.api\n"
    "    function = endpoint.function\n"
    "    if endpoint.operation.deprecated:\n"
    "        bound = bind\n"
    "        def told(result):\n"
    "            response = shape(None, result)\n"
    '            response.fields.append(("Deprecation", "true"))\n'
    "            return response\n"
    "        async def later(awaitable):\n"
    "            return told(await awaitable)\n"
    "        def deprecated(request, values):\n"
    "            result = endpoint.function(cls(request), **(bound(request, values) if bound else {}))\n"
    "            return later(result) if endpoint.asynchronous else told(result)\n"
    "        return deprecated",
)
