"""A response object of another framework is sent as the text that Python shows of it."""

from mutation import replace
from utilmeta.core.response import encoding

replace(encoding.left, "raise TypeError(refused)", "return repr(value)")
