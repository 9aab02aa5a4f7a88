"""What an after hook annotates stands before the annotation of an endpoint."""

from mutation import replace
from utilmeta.core.response import template

replace(template.compile_template, "if declared is None else", "if declared is None or of_hooks else")
