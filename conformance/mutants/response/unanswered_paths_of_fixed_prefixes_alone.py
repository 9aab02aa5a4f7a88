"""What nothing answers is below no class whose route has a template."""

from mutation import replace
from utilmeta.core.routing import prefixes

replace(prefixes.below, "if place.bare is not None:", "if False:")
