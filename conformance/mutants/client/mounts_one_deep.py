"""A client within a mounted one is mounted at the root."""

from mutation import replace
from utilmeta.core.cli.declaration import mounts_of

replace(mounts_of, "joined(route, routes[0] if routes else name)", "(routes[0] if routes else name)")
