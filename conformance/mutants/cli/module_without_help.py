"""The command has no help of its own."""

from mutation import replace
from utilmeta.core.server.commands import create

replace(create.add, 'add_parser("setup", help=', 'add_parser("setup", add_help=False, help=')
