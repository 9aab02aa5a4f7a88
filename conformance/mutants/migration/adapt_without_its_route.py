"""adapt() with a route alone puts a service at its root route."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.adapt, '(target if own else route) or ""', '(None if own else route) or ""')
