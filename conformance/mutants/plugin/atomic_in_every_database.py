"""orm.Atomic begins a transaction in every database."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(
    plan.PlanCompiler.compile,
    "atomic = atomic_aliases(endpoint)",
    "atomic = atomic_aliases(endpoint) and ('default', 'other')",
)
