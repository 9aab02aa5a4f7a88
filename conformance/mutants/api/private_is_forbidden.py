"""A private endpoint has a path, at which it is answered 403."""

import dataclasses

from mutation import replace
from utilmeta.core.pipeline import plan
from utilmeta.utils.exceptions import PermissionDenied


def forbid(request, values):
    raise PermissionDenied("private")


def forbidden(made):
    return dataclasses.replace(made, call=forbid)


plan.forbidden = forbidden
replace(plan.compile_routes, "continue", "plan = forbidden(plan)")
