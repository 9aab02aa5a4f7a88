"""`auto_reload` starts a service anew in production too."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.run, "self.auto_reload and not self.production", "self.auto_reload")
