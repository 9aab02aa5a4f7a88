"""A private route hides what it mounts only where it decorates the class."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.endpoints, "private or mount.private", "private")
