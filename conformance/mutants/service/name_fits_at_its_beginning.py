"""Of a name only the beginning has to fit."""

from mutation import replace
from utilmeta.core.server import validate_arguments

replace(validate_arguments.name, "if not NAME.fullmatch(value)", "if not NAME.match(value)")
