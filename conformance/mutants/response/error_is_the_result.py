"""An error given to a Response is answered as its text, with 200."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(
    Response.__init__,
    "self.error: BaseException | None = None if error is None else exception_of(error)",
    "self.error = None\n    result = result if error is None else str(exception_of(error))",
)
