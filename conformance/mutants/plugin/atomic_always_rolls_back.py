"""orm.Atomic rolls back what an endpoint wrote that ends."""

from mutation import replace
from utilmeta.core.orm import atomic

replace(
    atomic.entered,
    "return opening.pop_all()",
    "opening.callback(lambda: [transaction.set_rollback(True, each) for each in aliases]); return opening.pop_all()",
)
