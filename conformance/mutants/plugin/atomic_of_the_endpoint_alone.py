"""orm.Atomic around an endpoint leaves its hooks, its plugins and the `__init__` of its class outside."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.PlanCompiler.compile, "if coroutine:\n", "if endpoint:\n")
