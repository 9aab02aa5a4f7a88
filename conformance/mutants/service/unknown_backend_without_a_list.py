"""The error of an unknown backend does not say which there are."""

from mutation import replace
from utilmeta.core.server import backends

replace(backends.find, "; supported: {', '.join(names())}", "")
