"""What inherits from a private class is public."""

from mutation import replace
from utilmeta.core.api import declaration

replace(declaration.is_private, "for base in cls.__mro__", "for base in (cls,)")
