"""A 405 has the headers of CORS of another method of its path."""

from mutation import replace
from utilmeta.core.pipeline import dispatch

for function in (dispatch.compile_handle, dispatch.compile_async_handle):
    replace(
        function,
        "plan, values = find(request.path_bytes(), request.method)",
        "plan = next(iter(methods.values())) if methods else None\n"
        "                plan, values = find(request.path_bytes(), request.method)",
    )
