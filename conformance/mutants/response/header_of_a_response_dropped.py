"""Headers that a Response gives are not sent."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.__init__, "list(checked_headers(headers))", "[]")
