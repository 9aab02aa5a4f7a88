"""An application of a framework is no backend, only its module and its name are."""

from mutation import replace
from utilmeta.core.server import backends

replace(backends.resolve, "if name in MODULES:", "if False:")
