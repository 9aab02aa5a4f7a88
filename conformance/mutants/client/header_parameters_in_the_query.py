"""Parameters that are headers are sent in the query."""

from mutation import replace
from utilmeta.core.cli.parameters import putter

replace(putter, 'if marker.place == "query":', 'if marker.place in ("query", "header"):')
