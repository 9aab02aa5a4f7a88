"""A key that misses a bound is named with pydantic's own word beside it."""

from mutation import replace
from utilmeta.core.request.schemas import error_location

replace(
    error_location.may_fail, 'not (keys["type"] == "str" and keys.keys() <= UNCONSTRAINED)', 'keys["type"] != "str"'
)
