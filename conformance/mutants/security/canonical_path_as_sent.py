"""The canonical path keeps its empty segments."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(RouteTable.canonical, "segments = split_path(path.decode())", "segments = path.decode()[1:].split('/')")
