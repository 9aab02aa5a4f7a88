"""A path that no endpoint has is a bad request."""

from mutation import replace
from utilmeta.core.routing import table
from utilmeta.utils.exceptions import BadRequest

table.BadRequest = BadRequest
replace(
    table.RouteTable.find,
    'if found is None:\n        raise NotFound("No such path")',
    'if found is None:\n        raise BadRequest("No such path")',
)
