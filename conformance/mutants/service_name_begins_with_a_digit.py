"""The name taken from the project directory may begin with a digit."""

from mutation import replace
from utilmeta.core.server import argument

replace(argument.name, 'return fitted if NAME.fullmatch(fitted) else "_" + fitted', "return fitted")
