"""The route that decorates a mounted class is ignored."""

from mutation import replace
from utilmeta.core.cli.declaration import mounts_of

replace(mounts_of, ', vars(kind).get("__route__")]', "]")
