"""A body that does not parse is one that cannot be processed: 422."""

from mutation import replace
from utilmeta.core.request.body import json
from utilmeta.utils.exceptions import UnprocessableEntity

json.UnprocessableEntity = UnprocessableEntity
replace(json.unparsable, "BadRequest(", "UnprocessableEntity(")
