"""A body that its endpoint does not declare is taken as far as it came."""

from mutation import replace
from utilmeta.core.pipeline import dispatch
from utilmeta.utils.exceptions import HTTPError

dispatch.HTTPError = HTTPError

for handle, load in (dispatch.compile_handle, "request.load"), (dispatch.compile_async_handle, "await request.receive"):
    replace(
        handle,
        f"                {load}(limit)\n",
        "                try:\n"
        f"                    {load}(limit)\n"
        "                except HTTPError as error:\n"
        "                    if plan.body or error.status != 400:\n                        raise\n",
    )
