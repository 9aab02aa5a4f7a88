"""orm.Atomic keeps what an endpoint wrote that raised, where a handler answers."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests, RequestTransaction

replace(RequestTransaction.failed, "self.roll_back(error)", "self.opened.close()")
replace(
    AtomicRequests.around_async,
    "in_orm_thread(transaction.roll_back, error)",
    "in_orm_thread(transaction.opened.close)",
)
