"""A second service takes the place of the first."""

from mutation import replace
from utilmeta.conf.current import refuse_second

replace(refuse_second, "if _current is None:", "if True:")
