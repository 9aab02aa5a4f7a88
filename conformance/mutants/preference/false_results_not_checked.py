"""A result that is false is not checked."""

from mutation import replace
from utilmeta.core.response import validation

replace(
    validation.compile_check,
    'return check_of(hints_of(function, cls).get("return", Any), label)',
    'check = check_of(hints_of(function, cls).get("return", Any), label)\n'
    "    return check and (lambda result: result and check(result))",
)
