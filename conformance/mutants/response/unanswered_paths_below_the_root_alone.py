"""What nothing answers is put into a template where the root route stands before it alone."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(
    RouteTable.find,
    "if found is None:\n",
    "if found is None and split_path(decode_path(path))[:depth] != self.root:\n"
    '        raise NotFound("No such path")\n    if found is None:\n',
)
