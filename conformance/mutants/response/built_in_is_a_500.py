"""A built-in exception is a 500, whichever it is."""

from utilmeta.core.response.problem import BUILT_IN

BUILT_IN.clear()
