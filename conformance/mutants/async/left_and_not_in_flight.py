"""A request whose client has left is not in flight at a stop."""

from mutation import replace
from utilmeta.core.concurrency.in_flight import InFlight
from utilmeta.core.server.backends.tornado import Endpoint

VARIANTS = ("sanic-async", "tornado-async")

replace(InFlight.end, "if not self.waiters:", "if True:")
replace(Endpoint.on_connection_close, "if self.task is None:", "if True:")
