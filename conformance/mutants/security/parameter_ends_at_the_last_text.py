"""A parameter ends where the text after it in the template last comes."""

from mutation import replace
from utilmeta.core.routing import segment

replace(segment.scan, "segment.find(literal, start + 1, end)", "segment.rfind(literal, start + 1, end)")
