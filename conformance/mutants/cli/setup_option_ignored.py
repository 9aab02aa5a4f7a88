"""The host that an option says is not that of the project."""

from mutation import replace
from utilmeta.core.server.commands import create

replace(create.set_up, '"host", arguments.host', '"host", None')
