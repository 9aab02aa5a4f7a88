"""What an endpoint raises is left to the framework and its error handlers."""

from mutation import replace
from utilmeta.core.pipeline import dispatch

replace(
    dispatch.compile_handle,
    "return fail(error, request, plan)",
    "if not isinstance(error, HTTPError):\n                raise\n            return fail(error, request, plan)",
)
