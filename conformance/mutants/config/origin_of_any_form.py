"""Any text is an origin."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, "validate_arguments.origin(origin)", "origin")
