"""A class has its own plugins, or else those of the nearest of its bases that has any."""

from mutation import replace
from utilmeta.core.api import plugin

replace(
    plugin.plugins,
    "for base in reversed(cls.__mro__)",
    "for base in [each for each in cls.__mro__ if PLUGINS in vars(each)][:1]",
)
