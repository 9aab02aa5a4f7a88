"""Of a value that no member of a union takes, the faults of all are told."""

from mutation import replace
from utilmeta.core.request.schemas import error_location

replace(
    error_location.one_of,
    "min(found, key=distance)",
    "[fault for faults in found for fault in faults]",
)
