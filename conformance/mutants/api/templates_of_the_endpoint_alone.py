"""A template in the route of a mount is a text like any other."""

from mutation import replace
from utilmeta.core.api import tree

replace(
    tree.endpoints, "join(prefix, mount.template)", 'join(prefix, mount.template.replace("{", "").replace("}", ""))'
)
