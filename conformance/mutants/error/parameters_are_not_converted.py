"""A parameter is checked against its type but reaches the endpoint as it was sent."""

from mutation import replace
from utilmeta.core.request.parameters import parameter

replace(
    parameter.take,
    "arguments[parameter.name] = value if parameter.validate is None else parameter.validate(value)",
    "arguments[parameter.name] = value\n        parameter.validate and parameter.validate(value)",
)
