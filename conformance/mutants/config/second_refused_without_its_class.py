"""The error of a second configuration does not say of which class."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.use, "{type(config).__name__} is in use already", "there is one already")
