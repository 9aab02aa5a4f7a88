"""An `async def` endpoint below `orm.Atomic` that goes on when its timeout cancels it commits in the end."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests

VARIANTS = ("starlette-async", "flask-async")

replace(
    AtomicRequests.around_async,
    "result = await function(*arguments, **named)\n            transaction.before_commit()",
    "result = await function(*arguments, **named)",
)
