"""A variable that is not set is None, whatever its default."""

from mutation import replace
from utilmeta.conf.source import Source

replace(Source.__call__, "self.spelled(name) is not None and ", "")
