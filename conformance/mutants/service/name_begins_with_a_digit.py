"""The name taken from the project directory may begin with a digit."""

from mutation import replace
from utilmeta.core.server import validate_arguments

replace(validate_arguments.name, 'return fitted if NAME.fullmatch(fitted) else "_" + fitted', "return fitted")
