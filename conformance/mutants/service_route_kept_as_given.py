"""A root route counts with the slashes it was written with, or without."""

from mutation import replace
from utilmeta.core.server import argument
from utilmeta.core.server.routing import RouteTable

replace(argument.route, '"/" + "/".join(split_path(value))', "value")
replace(RouteTable.__init__, "split_path(root_route)", 'root_route.split("/")[1:]')
