"""A client made of an API class has request functions for private endpoints."""

from mutation import replace
from utilmeta.core.cli.generation.api_class import Reader

replace(Reader.__init__, "if not each.private", "")
