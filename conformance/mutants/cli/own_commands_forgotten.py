"""Commands of a service are not called."""

from mutation import replace
from utilmeta.core.server.commands import registered

replace(registered.run, "if name not in commands:", "if commands or not commands:")
