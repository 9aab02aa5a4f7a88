"""Of a name only the beginning has to fit."""

from mutation import replace
from utilmeta.core.server import argument

replace(argument.name, "if not NAME.fullmatch(value)", "if not NAME.match(value)")
