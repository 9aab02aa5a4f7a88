"""orm.Atomic around an `async def` rolls back what its hooks wrote, too."""

from mutation import replace
from utilmeta.core.pipeline import plan

ALL = """call = compiled.call
    if coroutine and atomic_aliases(endpoint):

        async def within(request, values):
            return await compiled.call(request, values)

        call = transactions.around_async(within, atomic_aliases(endpoint))"""
replace(plan.PlanCompiler.compile, "call = compiled.call", ALL)
