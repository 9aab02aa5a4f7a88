"""A file path may hold any segment."""

from mutation import replace
from utilmeta.core.server import routing

replace(routing.walk, '".." not in (rest := segments[position:])', "(rest := segments[position:])")
