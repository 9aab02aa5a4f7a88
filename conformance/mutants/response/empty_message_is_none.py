"""A message that is empty is taken for none given."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.__init__, "self.message = message\n", "self.message = message or None\n")
