"""orm.Atomic in a service without databases is ignored."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(
    plan.PlanCompiler.compile,
    "atomic = atomic_aliases(endpoint)",
    "atomic = () if transactions is None else atomic_aliases(endpoint)",
)
