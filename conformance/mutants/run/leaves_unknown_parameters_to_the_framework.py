"""A parameter that the framework does not know is refused by the framework, after socket and hooks."""

from mutation import replace
from utilmeta.core.server.run import run

replace(run, "if option not in known:", "if False:")
