"""What took too long goes on, an `async def` too."""

from mutation import replace
from utilmeta.core.pipeline import timeout

replace(timeout.with_async_timeout, "cancel(task)", "pass")
