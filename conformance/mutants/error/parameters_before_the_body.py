"""A parameter that does not convert is answered before the body has been parsed."""

from mutation import replace
from utilmeta.core.request.parameters.binding import binder

TAKEN = """\
        for parameter, lookup in sent:
            take(parameter, lookup(request, values), arguments, errors)
        if body is not None:
"""
READ = "        content = UNSET if body is None else body.read(request)\n"

replace(
    binder,
    READ + TAKEN,
    f"""{TAKEN}            if errors:
                raise BadRequest(errors=errors)
            content = body.read(request)
""",
)
