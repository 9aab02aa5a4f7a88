"""A method that a path without templates does not have is no error of any handler."""

from mutation import replace
from utilmeta.core.pipeline import dispatch
from utilmeta.utils.exceptions import MethodNotAllowed

dispatch.MethodNotAllowed = MethodNotAllowed
for function in (dispatch.compile_handle, dispatch.compile_async_handle):
    replace(
        function,
        "if methods is not None and request.method in methods:",
        "if methods is not None and request.method not in methods:\n"
        "                raise MethodNotAllowed(sorted(methods))\n"
        "            if methods is not None:",
    )
