"""Headers that are given to a Response in place of its own are not taken."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.headers.fset, "self.fields[:] = ", "")
