"""An error that a handler answers commits what was done before."""

from mutation import replace
from utilmeta.core.orm.atomic import RequestTransaction

VARIANTS = ("flask-sync", "starlette-async")

replace(RequestTransaction.failed, "self.roll_back(error)", "self.opened.close()")
