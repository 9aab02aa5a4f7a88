"""adapt() puts a service at its own root route, whatever it is told."""

from mutation import replace
from utilmeta.core.server import embed

replace(embed.attach_below, "compile_serving(state, above, strict=True)", 'compile_serving(state, "", strict=True)')
