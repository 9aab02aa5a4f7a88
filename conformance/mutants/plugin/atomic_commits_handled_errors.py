"""orm.Atomic keeps what an endpoint wrote that raised, where a handler answers."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests, RequestTransaction

replace(RequestTransaction.failed, "self.roll_back(error)", "self.opened.close()")
replace(
    AtomicRequests.around,
    "sync_to_async(opened.__exit__)(type(error), error, error.__traceback__)",
    "sync_to_async(opened.close)()",
)
