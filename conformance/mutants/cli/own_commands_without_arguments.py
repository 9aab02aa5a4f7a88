"""A command of a service gets no arguments."""

from mutation import replace
from utilmeta.core.server.commands import registered

replace(registered.run, 'hasattr(command, "add_arguments")', "not command")
