"""What a service mounts is at the last segment of its route, right below the root route."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.mount, "argument.route(route)", 'argument.route(route.rstrip("/").rpartition("/")[2])')
