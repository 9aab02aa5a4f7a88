"""The root route is /api unless given."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, 'route: str = "/"', 'route: str = "/api"')
