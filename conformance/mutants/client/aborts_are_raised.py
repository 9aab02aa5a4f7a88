"""A request without an answer is raised."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.handled, "if isinstance(error, (Aborted, TimedOut)) and silent:", "if False:")
