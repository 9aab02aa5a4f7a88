"""In development the detail of an HTTP error names the source file that made it."""

from mutation import replace
from utilmeta.core.response import problem

replace(problem.detail, "return error.detail", 'return error.detail if production else f"{error.detail} ({__file__})"')
