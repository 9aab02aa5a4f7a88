"""A route template is put after its function's name, not in its place."""

from mutation import replace
from utilmeta.core.api import tree

replace(
    tree.endpoint,
    "own = own_template(name, operation)",
    "own = own_template(name, operation)\n"
    "    if own != name and name not in CORE_METHODS:\n        own = join(name, own)",
)
