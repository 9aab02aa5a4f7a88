"""In development a 500 has the traceback too, as a member of its own that it has not in production."""

import traceback

from mutation import replace
from utilmeta.core.response import problem

problem.traceback = traceback
replace(
    problem.failure,
    "return encode(members(",
    'more = {} if production else {"traceback": traceback.format_exception(error)}\n    return encode(more | members(',
)
