"""A client made of an API class calls the factory of a default, and sends what that makes."""

from mutation import replace
from utilmeta.core.cli.generation.api_class import argument

replace(argument, "None if isinstance(default, DefaultFactory) else default", "default")
