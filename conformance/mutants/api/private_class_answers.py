"""A private class answers requests; a private endpoint does not."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.endpoints, "private=private or operation.private)", "private=operation.private)")
