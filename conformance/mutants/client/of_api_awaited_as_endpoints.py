"""A client made of an API class has `async def` functions where endpoints are, whatever is asked for."""

from mutation import replace
from utilmeta.core.cli.generation.api_class import Reader

replace(Reader.function, "if self.asynchronous is None else self.asynchronous", "")
