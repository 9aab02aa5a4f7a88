"""A file wins over the system environment."""

from mutation import replace
from utilmeta.conf import source

replace(source.sources, "tuple(found)", "tuple(found[::-1])")
