"""A parameter that does not convert is answered before the body has been parsed."""

from mutation import replace
from utilmeta.core.request.parameters.binding import binder

replace(binder, "        content = UNSET if body is None else body.read(request)\n", "")
replace(
    binder,
    "            body.taker(request)(content",
    "            if errors:\n"
    "                raise refused(errors)\n"
    "            content = body.read(request)\n"
    "            body.taker(request)(content",
)
