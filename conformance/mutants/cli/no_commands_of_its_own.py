"""A service has no function that adds commands."""

from utilmeta import UtilMeta

del UtilMeta.register_command
