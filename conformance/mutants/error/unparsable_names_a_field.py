"""A body that does not parse is answered as a parameter that does not convert is, and names a field."""

from mutation import replace
from utilmeta.core.request.body import json

replace(
    json.unparsable,
    'BadRequest(f"The body is not valid JSON: {reason[:SHOWN]}")',
    'BadRequest(errors=[{"in": "body", "name": "", "reason": reason}])',
)
