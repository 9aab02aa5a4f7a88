"""A template two levels deep in a return annotation is without effect, and no error."""

from mutation import replace
from utilmeta.core.response import template

replace(template.parts, "else parts(argument)", "else ()")
