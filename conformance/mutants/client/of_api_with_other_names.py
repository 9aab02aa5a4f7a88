"""A client made of an API class writes an underscore before a name that it has already."""

from mutation import replace
from utilmeta.core.cli.generation.names import identifier

replace(identifier, 'name += "_"', 'name = f"_{name}"')
