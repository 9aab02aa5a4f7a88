"""A body that the endpoint does not declare is not read, so that its request has none."""

from mutation import replace
from utilmeta.core.pipeline import dispatch

for handle in dispatch.compile_handle, dispatch.compile_async_handle:
    replace(handle, "if announced or plan.body:", "if plan.body:")
