"""A path lies below a class with a path parameter, whatever regex that has."""

from mutation import replace
from utilmeta.core.pipeline.unanswered import UnansweredCompiler

replace(UnansweredCompiler.add, "parse_template(prefix, own, plan.label)", "parse_template(prefix, {}, plan.label)")
