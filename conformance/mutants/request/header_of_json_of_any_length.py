"""Bounds of a mapping that is a header are ignored."""

from mutation import replace
from utilmeta.core.request.parameters.binding import compile_parameter

replace(
    compile_parameter,
    "constrained(sent_type, marker, where)",
    "constrained(sent_type, marker if sent_type is plain_type else Param(), where)",
)
