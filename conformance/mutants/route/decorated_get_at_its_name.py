"""A function named after a method is at its name where it is decorated."""

from mutation import replace
from utilmeta.core.api import tree

replace(
    tree.endpoint,
    "own = own_template(name, operation)",
    'decorated = name in CORE_METHODS and hasattr(function, "__operation__")\n'
    "    own = name if decorated else own_template(name, operation)",
)
