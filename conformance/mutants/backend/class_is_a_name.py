"""A framework's application class is taken for the framework's name."""

from mutation import replace
from utilmeta.core.server import backends

replace(
    backends.resolve,
    "if isinstance(backend, type):\n                raise",
    "if isinstance(backend, type):\n                return adapter, None\n                raise",
)
