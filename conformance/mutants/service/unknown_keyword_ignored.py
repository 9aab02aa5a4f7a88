"""An unknown keyword of the constructor is ignored."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, "allowed_hosts: Sequence[str] | None = None,", "allowed_hosts=None, **unknown: Any,")
