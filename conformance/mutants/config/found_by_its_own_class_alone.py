"""A configuration is found by its own class and no base of it."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.get_config, "isinstance(config, cls)", "type(config) is cls")
