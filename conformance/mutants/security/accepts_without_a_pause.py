"""Without a file descriptor the server tries at once again to accept a connection, and says so each time."""

from mutation import replace
from utilmeta.core.server.backends import tornado_server

VARIANTS = ("tornado-async",)

replace(tornado_server.pause, "loop.update_handler(sock, 0)", "return")
