"""`__init__` of a plugin takes no keywords."""

from mutation import replace
from utilmeta.core.api.plugin import Plugin

replace(Plugin.__init__, "if options and type(self).__init__ is Plugin.__init__:", "if options:")
