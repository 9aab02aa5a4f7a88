"""A body that does not parse is an invalid one: 422."""

from mutation import replace
from utilmeta.core.request.body import json
from utilmeta.utils.exceptions import UnprocessableEntity

json.UnprocessableEntity = UnprocessableEntity
replace(
    json.unparsable,
    'BadRequest(f"The body is not valid JSON: {reason[:SHOWN]}")',
    'UnprocessableEntity([{"in": "body", "name": "", "reason": reason}])',
)
