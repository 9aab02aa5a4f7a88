"""run() knows the framework's parameters, and drops them."""

from mutation import replace
from utilmeta.core.server.run import run

replace(run, "tuple(sockets), ready), options)", "tuple(sockets), ready), {})")
