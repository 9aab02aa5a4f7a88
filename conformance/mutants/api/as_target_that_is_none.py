"""A framework's module is taken for an application, and nothing answers."""

from mutation import replace
from utilmeta.core.server.backends.base import Adapter

VARIANTS = ("flask-sync",)

replace(Adapter.route, "raise TypeError(", "return (")
