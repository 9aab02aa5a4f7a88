"""The name of a service is put into lower case."""

from mutation import replace
from utilmeta.core.server import argument

replace(argument.name, "return value", "return value.lower()")
