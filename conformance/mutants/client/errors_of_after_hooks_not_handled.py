"""Handle hooks see no errors of after hooks."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.answer, "return await self.finished(found)", "first = None\n            return await self.finished(found)")
replace(
    Call.answer,
    "found = await self.handled(error)",
    "if first is None:\n                raise\n            found = await self.handled(error)",
)
