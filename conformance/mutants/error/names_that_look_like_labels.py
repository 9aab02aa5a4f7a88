"""Names in a 400 have lost what looks like pydantic's label."""

from mutation import replace
from utilmeta.core.request.parameters import parameter

replace(
    parameter.offences,
    "(key, *location) if key else location",
    '(key, *location) if key else [p for p in location if p not in ("int", "uuid", "[key]")]',
)
