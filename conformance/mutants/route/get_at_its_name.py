"""A function named after a method is at its name, like any other."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.endpoint, 'own = ""', "own = name")
