"""A class has the endpoints that it defines itself."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.functions, "for base in reversed(cls.__mro__) for name", "for base in [cls] for name")
