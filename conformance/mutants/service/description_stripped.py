"""White space around a description is removed."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, 'description or ""', '(description or "").strip()')
