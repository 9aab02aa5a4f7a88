"""A header that is set takes the place of those that are spelled as the first one of its name."""

from mutation import replace
from utilmeta.core.response.headers import ResponseHeaders

replace(ResponseHeaders.__setitem__, "if not same(each[0], name)", "if each[0] != self.fields[place][0]")
