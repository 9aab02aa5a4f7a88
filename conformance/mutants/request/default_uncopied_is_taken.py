"""That a default cannot be copied is seen by the first request that needs it."""

from mutation import replace
from utilmeta.core.request.schemas import default_copy

replace(
    default_copy.is_shared,
    "copy.deepcopy(default) is default",
    "copy.copy(default) is default",
)
