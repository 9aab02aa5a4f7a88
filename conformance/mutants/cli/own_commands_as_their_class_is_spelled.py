"""A command without a name is called by that of its class as it is spelled."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.register_command, "command.__name__.lower()", "command.__name__")
