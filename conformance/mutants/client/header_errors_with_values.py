"""The error of a header that is not ASCII shows its value."""

from mutation import replace
from utilmeta.core.cli import request

replace(request.fields_of, "holds what is not ASCII; encode it", "is {value!r}, which is not ASCII; encode it")
