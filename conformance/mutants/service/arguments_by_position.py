"""The constructor's parameters may be given by position."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, "    *,\n", "")
