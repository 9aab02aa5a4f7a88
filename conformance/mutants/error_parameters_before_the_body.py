"""A parameter that does not convert is answered before the body has been parsed."""

from mutation import replace
from utilmeta.core.request.binding import binder

before = "        if body is not None:\n            body.take"
replace(binder, before, "        if errors:\n            raise UnprocessableEntity(errors)\n" + before)
