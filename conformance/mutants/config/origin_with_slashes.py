"""An origin may end in several slashes."""

from mutation import replace
from utilmeta.core.server import validate_arguments

replace(validate_arguments.origin, 'given.removesuffix("/")', 'given.rstrip("/")')
