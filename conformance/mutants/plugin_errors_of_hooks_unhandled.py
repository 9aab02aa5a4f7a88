"""Where there are before hooks, errors go to no handler."""

from mutation import replace
from utilmeta.core.server.composition import Composition

replace(Composition.make, "if around.handlers:", "if around.handlers and not around.before:")
