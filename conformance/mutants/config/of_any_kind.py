"""Anything is used as a configuration."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.use, "not isinstance(config, Config)", "False")
