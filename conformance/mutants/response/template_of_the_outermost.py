"""The outermost class's template comes before any nearer one."""

from mutation import replace
from utilmeta.core.response.template import compile_template

replace(compile_template, "reversed(classes)", "classes")
