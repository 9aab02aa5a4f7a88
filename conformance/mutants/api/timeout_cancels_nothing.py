"""What took too long goes on, an `async def` too."""

from mutation import replace
from utilmeta.core.pipeline import timeout

replace(timeout.within_later, "cancel(task)", "pass")
