"""An awaited call inside the process sees the context variables of its caller."""

from mutation import replace
from utilmeta.core.server.inside import entrance

VARIANTS = (
    "starlette-async",
    "tornado-async",
)

replace(
    entrance.LoopEntrance.answered,
    "Context().run(asyncio.ensure_future, self.exchange.answer(outgoing))",
    "self.exchange.answer(outgoing)",
)
