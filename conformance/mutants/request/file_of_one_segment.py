"""A file path is one segment, as any other path parameter."""

from mutation import replace
from utilmeta.core.routing import segment

replace(segment.parse_template, "any(name in rests for name in names)", "False")
