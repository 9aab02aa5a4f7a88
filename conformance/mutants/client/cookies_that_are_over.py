"""A cookie whose Max-Age is 0 is kept."""

from mutation import replace
from utilmeta.core.cli.transport.cookies import expiry

replace(expiry, "return time() + int(age[:12])", "return None")
