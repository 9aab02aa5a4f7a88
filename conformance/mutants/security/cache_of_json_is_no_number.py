"""Numbers are kept as texts, which nothing counts up."""

from mutation import replace
from utilmeta.core.cache.json import JSONSerializer

replace(JSONSerializer.dumps, "json.dumps(value, ", "json.dumps(str(value) if type(value) is int else value, ")
replace(JSONSerializer.dumps, "if all(map(is_plain, parts(value))):", "if True:")
