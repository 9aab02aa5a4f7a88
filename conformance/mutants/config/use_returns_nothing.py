"""`use` returns nothing."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.use, "return self", "return None")
