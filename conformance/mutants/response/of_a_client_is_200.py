"""The Response that a Client got is answered with 200."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.check, "self.fields = passed_on(", "self.status = 200\n        self.fields = passed_on(")
