"""A default that is false is None."""

from mutation import replace
from utilmeta.core.request.parameters import parameter

replace(
    parameter.absent,
    "    else:\n        arguments[parameter.name] = parameter.default",
    "    else:\n        arguments[parameter.name] = parameter.default or None",
)
