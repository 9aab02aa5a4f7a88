"""The Response that a Client got keeps its charset, though its text is encoded anew."""

from mutation import replace
from utilmeta.core.response.received import encodable

replace(encodable, 'return result, f"{kind}; charset=utf-8"', "return result, content_type")
