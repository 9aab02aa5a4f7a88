"""The origin keeps a slash at its end, and is in small letters."""

from mutation import replace
from utilmeta.core.server import validate_arguments

replace(validate_arguments.origin, 'return f"{scheme.lower()}://{place}"', "return given.lower()")
