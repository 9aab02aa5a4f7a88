"""orm.Atomic keeps what an endpoint wrote that raised an exit, an interrupt or the like."""

from mutation import replace
from utilmeta.core.orm.atomic import RequestTransaction

VARIANTS = ("flask-sync", "starlette-sync")

replace(
    RequestTransaction.roll_back,
    "self.opened.__exit__(type(error), error, error.__traceback__)",
    "self.opened.__exit__(*(type(error), error, None) if isinstance(error, Exception) else (None, None, None))",
)
