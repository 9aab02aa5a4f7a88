"""An unknown keyword of the constructor is ignored."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, ") -> None:", "**unknown: Any) -> None:")
