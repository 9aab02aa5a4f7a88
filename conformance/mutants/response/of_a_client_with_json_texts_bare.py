"""A JSON text that a Client got is passed on without its quotes."""

from mutation import replace
from utilmeta.core.response.received import encodable

replace(encodable, "Encoded(json.dumps(result).encode())", "result")
