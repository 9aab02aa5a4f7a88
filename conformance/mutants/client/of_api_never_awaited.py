"""A client made of an API class has plain functions alone, unless it is asked for others."""

from mutation import replace
from utilmeta.core.cli.generation.api_class import Reader

replace(Reader.function, "endpoint.asynchronous if self.asynchronous is None else", "")
