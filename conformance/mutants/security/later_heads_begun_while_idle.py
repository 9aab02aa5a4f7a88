"""Under Tornado a later request of a connection, which has begun when its idle time is over, may take for ever."""

from mutation import replace
from utilmeta.core.server.backends.tornado_server import Exchange

VARIANTS = ("tornado-async", "tornado-sync")

replace(Exchange.give_up, "self.idle, self.due = False, now + self.server.patience.head", "self.due = inf")
