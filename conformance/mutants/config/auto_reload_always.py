"""A service starts anew when its code changes, whatever `auto_reload` is."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.run, "if self.auto_reload and not self.production:", "if not self.production:")
