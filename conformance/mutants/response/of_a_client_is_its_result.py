"""Of the Response that a Client got the result alone is answered."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.check, "self.fields = passed_on(self.fields, self._settled[1])", "self.fields = []")
