"""Without a backend the service takes Flask."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, "backend: Any = None", 'backend: Any = "flask"')
