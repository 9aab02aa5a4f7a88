"""Handle hooks see the errors of requests alone."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(
    Call.answer,
    "found = await self.handled(error)",
    ("if not isinstance(error, ClientError):\n                raise\n            found = await self.handled(error)"),
)
