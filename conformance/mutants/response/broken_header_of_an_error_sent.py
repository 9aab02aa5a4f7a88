"""The headers of an exception are sent as they are, whatever is in them."""

from mutation import replace
from utilmeta.core.response import response

replace(response.headers_of, "checked_headers(answer.headers)", "dict(answer.headers).items()")
