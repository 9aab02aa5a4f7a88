"""A parameter that is not sent is None, whatever its default."""

from mutation import replace
from utilmeta.core.request.parameters import parameter

replace(
    parameter.absent,
    "else:\n        arguments[parameter.name] = parameter.default",
    "else:\n        arguments[parameter.name] = None",
)
