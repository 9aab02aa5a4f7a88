"""A class mounted in a mounted class has lost the outer one's path."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.endpoints, "join(prefix, mount.template)", "mount.template")
