"""A default is one object for all requests."""

from mutation import replace
from utilmeta.core.request.schemas import default_copy

replace(
    default_copy.fresh,
    "default if is_shared(default, label) else DefaultFactory(functools.partial(copy.deepcopy, default))",
    "default",
)
