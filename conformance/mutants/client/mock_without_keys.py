"""An answer that is made up has its result under no key."""

from mutation import replace
from utilmeta.core.cli.mock import connections

replace(connections.parts_of, "members if key is None else {**members, key: body}", "body")
