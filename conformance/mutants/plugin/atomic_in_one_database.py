"""Of several orm.Atomic the first alone begins a transaction."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.PlanCompiler.compile, "atomic = atomic_aliases(endpoint)", "atomic = atomic_aliases(endpoint)[:1]")
