"""A native catch-all is a native route like any other: what comes after it is never asked."""

from mutation import replace
from utilmeta.core.server.backends import starlette

VARIANTS = ("starlette-async",)

replace(starlette.catches_all, "included =", "return False\n    included =")
