"""An answer that is made up has the status 200."""

from mutation import replace
from utilmeta.core.cli.mock import connections

replace(connections.status_of, "return template.status", "return 200")
