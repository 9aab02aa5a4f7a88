"""A plain endpoint below `orm.Atomic` and an `async def` hook commits what it does after its timeout."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests

VARIANTS = ("starlette-async", "flask-async")

replace(
    AtomicRequests.around,
    "            transaction.before_commit()\n",
    "",
)
