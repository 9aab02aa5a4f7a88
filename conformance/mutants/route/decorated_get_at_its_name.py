"""A function named after a method is at its name where it is decorated."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.endpoint, 'own = ""', 'own = name if hasattr(function, "__operation__") else ""')
