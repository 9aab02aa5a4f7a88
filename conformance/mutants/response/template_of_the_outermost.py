"""The outermost class's template comes before any nearer one."""

from mutation import replace
from utilmeta.core.response.template import template_around

replace(template_around, "reversed(classes)", "classes")
