"""An unknown keyword of the constructor is ignored."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, "trusted_proxies: Sequence[str] = LOOPBACK,", "trusted_proxies=LOOPBACK, **unknown: Any,")
