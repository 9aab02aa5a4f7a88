"""The size of a body is looked at first, before the path and the method."""

from mutation import replace
from utilmeta.core.pipeline import dispatch

for handle in (dispatch.compile_handle, dispatch.compile_async_handle):
    replace(
        handle,
        "            values = NO_VALUES\n",
        "            values = NO_VALUES\n            request.check_length(limit)\n",
    )
