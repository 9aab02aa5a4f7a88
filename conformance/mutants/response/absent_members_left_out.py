"""A template leaves out the members that nobody gave."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(
    Response.content.fget,
    "for name, key in self._keys}",
    "for name, key in self._keys if getattr(self, name) is not None}",
)
