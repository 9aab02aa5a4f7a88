"""A template has no member for the count."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.content.fget, "in self._keys}", 'in self._keys if name != "count"}')
