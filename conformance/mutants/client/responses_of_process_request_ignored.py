"""A Response of `process_request` is ignored."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.sent, "if found is None:\n        found = await self.exchanged()", "found = await self.exchanged()")
