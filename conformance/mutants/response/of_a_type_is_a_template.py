"""A Response with a type argument is a template of its own, and puts a result into an object."""

from mutation import replace
from utilmeta.core.response import template


class Wrapped(template.Response):
    result_key = "result"


template.Wrapped = Wrapped
replace(
    template.template_of,
    "    if Response in (kind, get_origin(kind)):\n        return None",
    "    if get_origin(kind) is Response:\n        return Wrapped",
)
