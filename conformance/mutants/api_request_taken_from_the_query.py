"""A parameter that is called request is one of the query, as any other."""

from mutation import replace
from utilmeta.core.request import default

replace(default.check_unmarked, 'name in ("request", "response")', "False")
