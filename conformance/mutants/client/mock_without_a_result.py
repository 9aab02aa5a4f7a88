"""An answer that is made up has no result."""

from mutation import replace
from utilmeta.core.cli.mock import connections

replace(connections.parts_of, "return lines, json.dumps(body)", "return lines, 'null'")
