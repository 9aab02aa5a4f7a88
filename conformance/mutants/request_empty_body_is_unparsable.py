"""An empty body is parsed like any other."""

from mutation import replace
from utilmeta.core.request.body import reader

replace(reader, "if not body:", "if False:")
