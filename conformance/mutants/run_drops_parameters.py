"""run() knows the framework's parameters, and drops them."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

replace(UtilMeta.run, "tuple(sockets), ready), options)", "tuple(sockets), ready), {})")
