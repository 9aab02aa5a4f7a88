"""Where there are before hooks, errors go to no handler."""

from mutation import replace
from utilmeta.core.pipeline.middleware import Composition

replace(Composition.make, "if around.handlers:", "if around.handlers and not around.before:")
