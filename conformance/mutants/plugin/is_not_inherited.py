"""The plugins of a base class are not around the endpoints of its subclasses."""

from mutation import replace
from utilmeta.core.api import plugin

replace(plugin.plugins, "reversed(cls.__mro__)", "[cls]")
