"""A plugin around a request function of a Client does nothing."""

from mutation import replace
from utilmeta.core.cli.declaration import around

replace(around, "vars(function or around).get(PLUGINS, ())", "()")
