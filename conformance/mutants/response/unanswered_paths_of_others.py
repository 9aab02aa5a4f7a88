"""A path that is not below a strict root route is put into a template."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(
    RouteTable.find,
    'elif self.strict:\n        raise NotFound("No such path")',
    'elif self.strict:\n        raise self.missed(NotFound("No such path"), segments)',
)
