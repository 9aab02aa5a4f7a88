"""A parameter that is not sent is None, whatever its default."""

from mutation import replace
from utilmeta.core.request import argument

replace(argument.absent, "arguments[parameter.name] = parameter.default", "arguments[parameter.name] = None")
