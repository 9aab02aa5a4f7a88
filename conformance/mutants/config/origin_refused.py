"""A service has no public origin."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, "validate_arguments.origin(origin)", "validate_arguments.flag('origin', origin)")
