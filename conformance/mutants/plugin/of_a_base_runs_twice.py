"""A plugin of a base class runs twice around a subclass that is decorated with a plugin of its own."""

from mutation import replace
from utilmeta.core.api.plugin import Plugin

replace(Plugin.__call__, "vars(target).get(PLUGINS, ())", "getattr(target, PLUGINS, ())")
