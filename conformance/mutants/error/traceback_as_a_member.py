"""In development a 500 has the traceback too, as a member of its own that it has not in production."""

import traceback

from mutation import replace
from utilmeta.core.response import problem

problem.traceback = traceback
replace(
    problem.problem,
    "return encode(body)",
    'return encode(body if production else {**body, "traceback": traceback.format_exception(error)})',
)
