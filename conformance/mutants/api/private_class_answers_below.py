"""What a private class mounts answers requests."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.endpoints, "private or mount.private", "False")
