"""What a service mounts is at the last segment of its route, right below the root route."""

from mutation import replace
from utilmeta import UtilMeta

replace(
    UtilMeta.mount, "validate_arguments.route(route)", 'validate_arguments.route(route.rstrip("/").rpartition("/")[2])'
)
