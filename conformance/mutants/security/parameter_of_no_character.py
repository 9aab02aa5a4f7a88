"""A text directly at the beginning of a parameter ends it."""

from mutation import replace
from utilmeta.core.routing import segment

replace(segment.scan, "segment.find(literal, start + 1, end)", "segment.find(literal, start, end)")
