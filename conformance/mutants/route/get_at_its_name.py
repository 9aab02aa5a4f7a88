"""A function named after a method is at its name, like any other."""

from mutation import replace
from utilmeta.core.api import tree

replace(
    tree.endpoint,
    "own = own_template(name, operation)",
    "own = name if name in CORE_METHODS else own_template(name, operation)",
)
