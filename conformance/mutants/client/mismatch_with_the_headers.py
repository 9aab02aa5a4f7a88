"""The error of an answer that does not parse shows the headers of the request."""

from mutation import replace
from utilmeta.core.cli.template import Returns

replace(Returns.read, 'f"{place}: the answer', 'f"{place} {list(request.headers.items())}: the answer')
