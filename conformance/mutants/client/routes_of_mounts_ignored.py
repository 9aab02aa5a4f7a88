"""The route that an attribute gives to a mount is ignored."""

from mutation import replace
from utilmeta.core.cli.declaration import mounts_of

replace(mounts_of, "said = [value, ", "said = [")
