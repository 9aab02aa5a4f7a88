"""A client made of an API class converts no results."""

from mutation import replace
from utilmeta.core.cli.generation.api_class import Reader

replace(Reader.returns, "yield Response[Union[tuple(others)]]", "yield Response")
