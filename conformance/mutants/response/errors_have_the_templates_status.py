"""An error below a template that declares a status has that status."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(
    Response.__init__,
    "self._status if self.error is None else",
    "self._status if self.error is None or self._status != 200 else",
)
