"""That a default cannot be copied is seen by the first request that needs it."""

from mutation import replace
from utilmeta.core.request.schemas import default

replace(
    default.is_shared,
    "copy.deepcopy(default) is default",
    "copy.copy(default) is default",
)
