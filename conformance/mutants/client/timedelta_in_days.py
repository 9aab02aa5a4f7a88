"""A timedelta is taken for its days."""

from mutation import replace
from utilmeta.core.cli.transport.deadline import seconds_of

replace(seconds_of, "timeout.total_seconds()", "float(timeout.days or 99)")
