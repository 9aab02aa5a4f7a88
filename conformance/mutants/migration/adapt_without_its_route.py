"""adapt() with a route alone puts a service at its root route."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.adapt, "given = target if own", "given = None if own")
