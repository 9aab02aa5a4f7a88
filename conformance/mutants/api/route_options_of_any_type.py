"""An option of a route may be of any type."""

from mutation import replace
from utilmeta.core.api import declaration

replace(declaration.route, "accept(option, value, label)", "value")
