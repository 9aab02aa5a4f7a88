"""The hooks of a generic class are bound as the first class that inherits them has them."""

from mutation import replace
from utilmeta.core.pipeline.middleware import Composition

replace(
    Composition.bind,
    " & frozenset(own), api)",
    " & frozenset(own))",
)
