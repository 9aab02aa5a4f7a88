"""Of a group the first is the answer, whatever the statuses."""

from mutation import replace
from utilmeta.core.errors import exception_group

replace(exception_group.http_error, "leaves[statuses.index(max(statuses))]", "leaves[0]")
