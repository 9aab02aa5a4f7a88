"""The name of a service is put into lower case."""

from mutation import replace
from utilmeta.core.server import validate_arguments

replace(validate_arguments.name, "return value", "return value.lower()")
