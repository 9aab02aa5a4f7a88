"""A plain endpoint below `orm.Atomic` and an `async def` hook commits what it does after its timeout."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests

VARIANTS = ("starlette-async", "flask-async")

replace(
    AtomicRequests.around,
    "result = function(*arguments, **named)\n                self.before_commit()",
    "result = function(*arguments, **named)",
)
