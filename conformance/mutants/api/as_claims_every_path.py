"""An API claims every path of the application that it is put into."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

VARIANTS = ("django-sync", "django-async")

replace(RouteTable.claims, "return walk(self.tree, segments, 0, (), set()) is not None", "return True")
