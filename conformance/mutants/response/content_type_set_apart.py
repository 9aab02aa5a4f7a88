"""Once a response was checked, its Content-Type is no longer among the headers."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(
    Response.settle,
    "self._checked = (status, content_type, others)",
    "self._checked = (status, content_type, others)\n"
    "    self.fields[:] = others\n"
    "    self._settled = (status, others.copy())",
)
