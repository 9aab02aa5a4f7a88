"""A service with `auto_reload` goes on when its code changes."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.run, "self.auto_reload and not", "self.auto_reload and not self.name and not")
