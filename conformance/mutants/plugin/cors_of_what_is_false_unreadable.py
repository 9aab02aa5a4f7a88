"""Of a result that is false no page of another origin can read the answer."""

from mutation import replace
from utilmeta.core.pipeline import call

for function in (call.with_cors, call.with_async_cors):
    replace(function, "if granted else result", "if granted and result else result")
