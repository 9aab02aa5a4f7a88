"""An empty body is parsed like any other."""

from mutation import replace
from utilmeta.core.request.body.binding import reader

replace(reader, "if not body:", "if False:")
