"""Without arguments the command lists nothing."""

from mutation import replace
from utilmeta.core.server.commands import main

replace(main.main, "sys.stdout.write(parser.format_help() + registered.listed())", 'parser.error("no command")')
