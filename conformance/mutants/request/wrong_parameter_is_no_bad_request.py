"""A parameter that does not fit is a 400 of another class, which handlers of BadRequest do not get."""

from mutation import replace
from utilmeta.core.request.parameters import binding
from utilmeta.utils.exceptions import HTTPError


class Invalid(HTTPError):
    status = 400

    def __init__(self, errors):
        super().__init__("; ".join(each["reason"] for each in errors))
        self.errors = errors


binding.Invalid = Invalid
replace(binding.binder, "BadRequest(errors=errors)", "Invalid(errors)")
