"""The command that looks at a service ends with 0."""

from mutation import replace
from utilmeta.core.server.commands import main

replace(main.end, "sys.exit(status)", "sys.exit(0)")
