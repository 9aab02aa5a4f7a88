"""Commands of a service are not listed."""

from mutation import replace
from utilmeta.core.server.commands import main

replace(main.main, " + registered.listed()", "")
