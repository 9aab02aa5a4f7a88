"""Names in a 400 hold tags, and pydantic's word for a key."""

from mutation import replace
from utilmeta.core.request.schemas import error_location

replace(
    error_location.plain,
    "parts.pop()",
    "continue",
)
