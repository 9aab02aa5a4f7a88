"""A result is encoded after its transaction."""

from mutation import replace
from utilmeta.core.orm.atomic import RequestTransaction

VARIANTS = ("flask-sync", "starlette-async")

replace(RequestTransaction.finish, "result = self.encoded(result)", "pass")
