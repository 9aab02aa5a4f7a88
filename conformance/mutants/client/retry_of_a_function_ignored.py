"""Retry around a request function does nothing."""

from mutation import replace
from utilmeta.core.cli.declaration import around

replace(around, "for _, plugin in reversed(plugins) if", "for plugin in plugins_of(cls) if")
