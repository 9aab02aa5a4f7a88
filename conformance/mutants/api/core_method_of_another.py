"""A function named after a method is of the method that its decorator names."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.endpoint, "(operation.method != name.upper() or (", "((")
