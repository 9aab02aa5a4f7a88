"""A class that declares nothing has nothing."""

from mutation import replace
from utilmeta.conf.source import Source

replace(Source.__call__, "dict(self.undeclared())", "{}")
