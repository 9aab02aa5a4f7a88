"""Anything may be given as `api`."""

from mutation import replace
from utilmeta.core.server import argument

replace(
    argument.api, 'if isinstance(value, str) and all(part.isidentifier() for part in value.split(".")):', "if True:"
)
