"""orm.Atomic around a plain endpoint begins no transaction beside an `async def`."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(
    plan.PlanCompiler.compile,
    "around(endpoint.function, atomic), ()",
    "around(endpoint.function, atomic) if endpoint.asynchronous else endpoint.function, ()",
)
