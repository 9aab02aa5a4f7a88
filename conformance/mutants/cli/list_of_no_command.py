"""The list of commands is empty."""

from mutation import replace
from utilmeta.core.server.commands import main

replace(main.parser_of_commands, "in PARTS:", "in ():")
