"""An unknown keyword of the constructor is ignored."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, "origin: str | None = None,", "origin=None, **unknown: Any,")
