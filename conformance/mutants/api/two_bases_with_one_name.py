"""Of two bases that define one name the first has it."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.check_composition, "not issubclass(nearest, other)", "False")
