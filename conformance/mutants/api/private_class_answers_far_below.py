"""What a private class mounts is private, but not what that mounts."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.endpoints, "private or mount.private", "is_private(root) or mount.private")
