"""A parameter that the framework does not know ends the process with a line that does not name it."""

from mutation import replace
from utilmeta.core.server.run import run

replace(
    run,
    'raise TypeError(f"run() on {service.backend} takes no parameter {option!r}; it takes',
    'sys.exit(f"run() takes',
)
