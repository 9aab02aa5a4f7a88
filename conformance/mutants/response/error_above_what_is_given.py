"""The status of an error wins over the one that is given beside it."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.__init__, "if status is not None:", "if status is not None and error is None:")
