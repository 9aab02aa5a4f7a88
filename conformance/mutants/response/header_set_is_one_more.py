"""A header that is set stands beside what it was."""

from mutation import replace
from utilmeta.core.response.headers import ResponseHeaders

replace(ResponseHeaders.__setitem__, "if not same(each[0], name)", "if True")
