"""A root route counts with the slashes it was written with, or without."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable
from utilmeta.core.server import validate_arguments

replace(validate_arguments.route, '"/" + "/".join(split_path(value))', "value")
replace(RouteTable.__init__, "split_path(root_route)", 'root_route.split("/")[1:]')
