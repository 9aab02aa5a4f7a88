"""A reference that leads nowhere ends in Python's own error, which knows nothing of the reference."""

from mutation import replace
from utilmeta.core.server.reference import resolve

replace(resolve, "getattr(module, name, None)", "getattr(module, name)")
