"""Values that are false are kept as null."""

from mutation import replace
from utilmeta.core.cache.json import JSONSerializer

replace(JSONSerializer.dumps, "json.dumps(value, ", "json.dumps(value or None, ")
replace(JSONSerializer.dumps, "if all(map(is_plain, parts(value))):", "if True:")
