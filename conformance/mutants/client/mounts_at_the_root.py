"""A client that is mounted by its name alone is at the root."""

from mutation import replace
from utilmeta.core.cli.declaration import mounts_of

replace(mounts_of, "routes[0] if routes else name", 'routes[0] if routes else ""')
