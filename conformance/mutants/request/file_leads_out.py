"""A file path may hold any segment."""

from mutation import replace
from utilmeta.core.routing import table

replace(table.walk, '".." not in (rest := segments[position:])', "(rest := segments[position:])")
