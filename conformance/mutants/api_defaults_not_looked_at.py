"""A default is whatever it is."""

from mutation import replace
from utilmeta.core.request import default

replace(default.check_default, "if default is UNSET or default is None or isinstance(default, Made):", "if True:")
