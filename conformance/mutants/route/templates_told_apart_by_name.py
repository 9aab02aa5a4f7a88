"""Templates that differ in their parameters' names are two paths, and the first always answers."""

from mutation import replace
from utilmeta.core.routing import segment

replace(
    segment.segment_match,
    'return (None if shape == ("", "") else scan(literals)), shape',
    "return scan(literals), (text,)",
)
