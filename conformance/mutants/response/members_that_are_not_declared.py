"""A template has a member for the count whether it declares one or not."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.content.fget, "in self._keys}", 'in dict([("count", "count"), *self._keys]).items()}')
