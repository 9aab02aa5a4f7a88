"""A client made of an API class knows the templates of annotations alone, not the `response` of a class."""

from mutation import replace
from utilmeta.core.cli.generation.api_class import Reader

replace(Reader.returns, "around is not None and others", "False")
