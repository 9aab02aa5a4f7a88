"""A response is looked at when it is built, and sent as it is."""

from mutation import replace
from utilmeta.core.response import response

replace(
    response.Response.check, "checked = self._checked\n", "return self.status, self.content_type, "
    "list(self.fields)\n",
)  # fmt: skip
