"""HEAD has the names of the template of the method declared first, instead of those of GET."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(RouteTable.complete, 'source = "GET" if method == "HEAD" else method', "source = method")
