"""Anything may be given as `api`."""

from mutation import replace
from utilmeta.core.server import validate_arguments

replace(
    validate_arguments.api,
    'if isinstance(value, str) and all(part.isidentifier() for part in value.split(".")):',
    "if True:",
)
