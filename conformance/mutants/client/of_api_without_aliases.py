"""A client made of an API class sends parameters under their own names, whatever their aliases are."""

from mutation import replace
from utilmeta.core.cli.generation.api_class import argument

replace(argument, "marker.default = None if", "marker.alias = None\n    marker.default = None if")
