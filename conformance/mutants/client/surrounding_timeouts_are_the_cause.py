"""A failure of a request that is sent while a TimeoutError is handled is taken for a timeout (CLIENT-3)."""

from mutation import replace
from utilmeta.core.cli import call

replace(call.causes, "left is not None and left is not surrounding and", "left is not None and")
