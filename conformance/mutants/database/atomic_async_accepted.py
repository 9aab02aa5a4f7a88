"""An async def where a transaction is asked for is served without one."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests

VARIANTS = ("starlette-async",)

replace(AtomicRequests.of, "if asynchronous:", "if False:")
