"""The waits between tries of an awaited call block the event loop."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.repeated, "asyncio.sleep if self.asynchronous else sleep", "sleep")
