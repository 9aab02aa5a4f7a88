"""An awaited call inside the process blocks the event loop that awaits it."""

from mutation import replace
from utilmeta.core.server.inside import entrance

VARIANTS = (
    "flask-sync",
    "django-sync",
)

replace(
    entrance.ThreadEntrance.acall,
    "await within(deadline, asyncio.wrap_future, self.answering(outgoing))",
    "self.call(outgoing, deadline)",
)
