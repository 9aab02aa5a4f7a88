"""What a service mounts is at the root route, whatever its own."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.mount, "argument.route(route)", '""')
