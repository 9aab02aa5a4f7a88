"""An error is not put into the template that an after hook annotates."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(
    plan.PlanCompiler.compile,
    "template=template,\n        timeout",
    "template=compile_template(endpoint.function, endpoint.classes),\n        timeout",
)
