"""A hook that handles errors may be annotated to return an iterator."""

from mutation import replace
from utilmeta.core.pipeline.plan import PlanCompiler

replace(PlanCompiler.compile, "in hooks.functions:", "in (*hooks.before, *hooks.after):")
