"""A client made of an API class takes no parameters of the class, only those of each endpoint."""

from mutation import replace
from utilmeta.core.cli.generation.api_class import Reader

replace(Reader.parameters, "members_of(endpoint.api).shared.items()", "()")
