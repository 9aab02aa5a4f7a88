"""A plugin around a Client class does nothing."""

from mutation import replace
from utilmeta.core.cli.declaration import around

replace(around, "for plugin in plugins_of(owner)]", "for plugin in ()]")
