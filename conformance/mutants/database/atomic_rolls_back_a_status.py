"""A Response with the status of an error rolls back."""

from mutation import replace
from utilmeta.core.orm.atomic import RequestTransaction

VARIANTS = ("flask-sync", "starlette-async")

replace(
    RequestTransaction.finish,
    "self.before_commit()",
    '[transaction.set_rollback(getattr(result, "status", 200) >= 400, using=alias) for alias in self.aliases]',
)
