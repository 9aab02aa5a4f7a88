"""A value of a subclass is kept as the plain one that it is equal to."""

from mutation import replace
from utilmeta.core.cache.json import JSONSerializer

replace(JSONSerializer.dumps, "if all(map(is_plain, parts(value))):", "if json.loads(data) == value:")
