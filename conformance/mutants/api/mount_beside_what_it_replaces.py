"""An endpoint of a base is there beside the mount that takes its name."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.functions, "if operations and name not in members_of(cls).mounts:", "if operations:")
