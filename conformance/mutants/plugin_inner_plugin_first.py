"""The innermost plugin is asked first."""

from mutation import replace
from utilmeta.core.server.composition import Composition

replace(Composition.make, "reversed(around.plugins)", "around.plugins")
