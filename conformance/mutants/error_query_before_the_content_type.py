"""The query is read before the content type of the body is looked at."""

from mutation import replace
from utilmeta.core.request.binding import binder

replace(
    binder,
    "            check_type(request)\n            if body is None:",
    "            request.query\n            check_type(request)\n            if body is None:",
)
