"""A timeout is for each read."""

from mutation import replace
from utilmeta.core.cli.transport.connection import TimedReader

replace(
    TimedReader.readinto,
    "deadline.bound(self.sock, deadline.limits.read)\n    count",
    "self.sock.settimeout(deadline.seconds)\n    count",
)
replace(TimedReader.readinto, "deadline.bound(self.sock)  # a handshake may be next, behind a proxy", "pass")
