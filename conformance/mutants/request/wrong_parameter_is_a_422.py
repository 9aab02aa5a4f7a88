"""A parameter that does not fit is a 422."""

from mutation import replace
from utilmeta.core.request.parameters import binding
from utilmeta.utils.exceptions import BadRequest


class Unprocessable(BadRequest):
    status = 422


binding.Unprocessable = Unprocessable
replace(binding.binder, "BadRequest(", "Unprocessable(")
