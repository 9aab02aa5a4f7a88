"""A 422 names the first parameter that is wrong, and none of the others."""

from mutation import replace
from utilmeta.utils.exceptions import UnprocessableEntity

replace(UnprocessableEntity.__init__, "list(errors)", "list(errors)[:1]")
