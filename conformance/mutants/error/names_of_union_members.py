"""Names in a 422 hold what pydantic calls the members of a union."""

from mutation import replace
from utilmeta.core.request.schemas import location

replace(
    location.labelled,
    'kind == "union"',
    'kind == "none"',
)
