"""A 400 names the first parameter that is wrong, and none of the others."""

from mutation import replace
from utilmeta.utils.exceptions import BadRequest

replace(BadRequest.__init__, "list(errors)", "list(errors)[:1]")
