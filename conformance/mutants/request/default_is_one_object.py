"""A default is one object for all requests."""

from mutation import replace
from utilmeta.core.request.schemas import default

replace(
    default.fresh,
    "default if is_shared(default, label) else Made(functools.partial(copy.deepcopy, default))",
    "default",
)
