"""Handlers see the first error of a call alone, not that of a request sent in its place (CLIENT-g23)."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(
    Call.answer,
    "            found = await self.handled(error)",
    '            if "handlers" in vars(self):\n'
    "                raise\n"
    "            self.handlers = True\n"
    "            found = await self.handled(error)",
)
