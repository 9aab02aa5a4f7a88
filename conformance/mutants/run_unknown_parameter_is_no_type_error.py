"""A parameter that the framework does not know ends the process with a line that does not name it."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

replace(
    UtilMeta.run,
    'raise TypeError(f"run() on {self.backend} takes no parameter {option!r}; it takes',
    'sys.exit(f"run() takes',
)
