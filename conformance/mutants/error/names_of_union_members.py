"""Names in a 400 hold what pydantic calls the members of a union."""

from mutation import replace
from utilmeta.core.request.schemas import error_location

replace(
    error_location.labelled,
    'kind == "union"',
    'kind == "none"',
)
