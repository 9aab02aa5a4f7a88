"""The innermost plugin is asked first."""

from mutation import replace
from utilmeta.core.pipeline.middleware import Composition

replace(Composition.make, "reversed(around.plugins)", "around.plugins")
