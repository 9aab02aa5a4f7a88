"""A hook of one function is a hook of all."""

from mutation import replace
from utilmeta.core.cli.declaration import matches

replace(matches, "return function is not None and own", "return function is None or own")
