"""A path lies below a class if it begins with the class's path."""

from mutation import replace
from utilmeta.core.routing import prefixes

replace(
    prefixes.below,
    "place.fixed.get(segment)",
    "next((below for text, below in place.fixed.items() if segment.startswith(text)), None)",
)
