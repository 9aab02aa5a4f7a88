"""A route template is put after its function's name, not in its place."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.endpoint, "else operation.template", "else join(name, operation.template)")
