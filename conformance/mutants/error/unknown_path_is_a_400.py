"""A path that no endpoint has is a bad request."""

from mutation import replace
from utilmeta.core.routing import table
from utilmeta.utils.exceptions import BadRequest

table.BadRequest = BadRequest
replace(
    table.RouteTable.find,
    'self.missed(NotFound("No such path"), segments)',
    'BadRequest("No such path")',
)
