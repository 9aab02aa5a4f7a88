"""A request is in flight until its client has the response, however long ago the client has left."""

from mutation import replace
from utilmeta.core.server.backends import http_handler

VARIANTS = ("flask-sync", "django-sync")


def connected(connection):
    try:
        connection.getpeername()
    except OSError:
        return False
    return True


http_handler.connected = connected
replace(
    http_handler.StrictHandler.handle_one_request,
    "if self.in_flight:",
    "if self.in_flight and connected(self.connection):",
)
