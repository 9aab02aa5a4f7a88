"""The list of commands is one of those that make files."""

from mutation import replace
from utilmeta.core.server.commands import main

replace(main.parser_of_commands, "in PARTS:", "in PARTS[:1]:")
