"""What comes after the timeout commits."""

from mutation import replace
from utilmeta.core.orm.atomic import RequestTransaction

VARIANTS = ("flask-sync", "starlette-async")

replace(RequestTransaction.finish, "self.before_commit()", "pass")
