"""A response is sent as it was built, whatever was changed since."""

from mutation import replace
from utilmeta.core.response import response

replace(response.Response.check, "if self._settled != (self.status, self.fields):", "if False:")
