"""A parameter that is called request is one of the query, as any other."""

from mutation import replace
from utilmeta.core.request.parameters import default_check

replace(default_check.check_unmarked, 'name in ("request", "response")', "False")
