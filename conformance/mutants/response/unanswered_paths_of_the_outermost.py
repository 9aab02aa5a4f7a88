"""What nothing answers is put into the template of the outermost class that has one."""

from mutation import replace
from utilmeta.core.routing import prefixes

replace(prefixes.Prefixes.find, "if place.methods:", "if place.methods and found is None:")
