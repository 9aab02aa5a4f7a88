"""A framework's module is no backend, only its name and its applications are."""

from mutation import replace
from utilmeta.core.server import backends

replace(backends.resolve, "isinstance(backend, ModuleType)", "False")
