"""After hooks run for what a handler answers too."""

from mutation import replace
from utilmeta.core.pipeline.middleware import Composition

ALL = "[(step(hook), shaped) for hook in around.after]"
replace(
    Composition.make,
    "way = handled(way, handlers, shaped)",
    f"way = around_result(handled(way, handlers, shaped), shaped, {ALL})",
)
