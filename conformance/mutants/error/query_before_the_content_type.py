"""The query is read before the content type of the body is looked at."""

from mutation import replace
from utilmeta.core.request.parameters.binding import binder

replace(
    binder,
    "content = UNSET if body is None else body.read(request)",
    "content = UNSET if body is None else (request.query, body.read(request))[1]",
)
