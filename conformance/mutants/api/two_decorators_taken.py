"""A function with two decorators of endpoints is left out."""

from mutation import replace
from utilmeta.core.api import declaration

replace(declaration.AtPathOf.refuse, "raise TypeError(", "return TypeError(")
