"""A plain call on the event loop of the service waits for the answer that it keeps from coming."""

from mutation import replace
from utilmeta.core.server.inside import entrance

VARIANTS = (
    "starlette-async",
    "flask-async",
)

replace(entrance.refuse, "if here is loop:", "if loop is None:")
