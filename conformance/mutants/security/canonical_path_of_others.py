"""The canonical path of what is not the API's is a path too."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(RouteTable.canonical, "or not self.claims(path)", "")
