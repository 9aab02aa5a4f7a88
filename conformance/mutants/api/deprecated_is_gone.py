"""A deprecated endpoint is not there any more."""

from mutation import replace
from utilmeta.core.pipeline import call
from utilmeta.utils.exceptions import Gone

call.Gone = Gone
replace(
    call.direct_call,
    "function, cls = endpoint.function, endpoint.api",
    "cls = endpoint.api\n"
    "    function = endpoint.function\n"
    "    if endpoint.operation.deprecated:\n"
    "        def gone(request, values):\n"
    "            raise Gone\n"
    "        return gone",
)
