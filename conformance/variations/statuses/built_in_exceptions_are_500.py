"""PermissionError, FileNotFoundError and the like are a 500, as any other exception is."""

from utilmeta.core.response import problem

LEVEL = "page"
BREAKS = {"RESPONSE-7b", "RESPONSE-7d"}
problem.BUILT_IN.clear()
