"""Of two APIs that claim a path the last has it, where the framework asks the last first."""

from mutation import replace
from utilmeta.core.routing.path_ownership import PathOwnership

VARIANTS = ("starlette-async",)

replace(PathOwnership.join, "earlier = tuple(self.apis)", "earlier = ()")
