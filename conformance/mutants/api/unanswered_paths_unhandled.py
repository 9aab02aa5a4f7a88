"""A path that nothing answers is no error of any handler, nor put into a template."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(RouteTable.find, 'self.missed(NotFound("No such path"), segments)', 'NotFound("No such path")')
