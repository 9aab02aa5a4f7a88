"""Of the after hooks of a class the annotation of the last one counts."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.templates_of, "found.setdefault(hook.api, template)", "found[hook.api] = template")
