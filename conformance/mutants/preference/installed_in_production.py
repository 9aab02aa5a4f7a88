"""A missing dependency is installed in production too."""

from mutation import replace
from utilmeta.core.server import dependency

replace(dependency.why_not, "if state.production:", "if False:")
