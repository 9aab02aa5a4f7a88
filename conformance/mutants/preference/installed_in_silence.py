"""A missing dependency is installed without a word."""

from mutation import replace
from utilmeta.core.server import dependency

replace(dependency.install, 'tell(logging.WARNING, f"{module} is not installed; running: {shown}")', "pass")
