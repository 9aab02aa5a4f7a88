"""The template of a class stands before what its after hooks annotate."""

from mutation import replace
from utilmeta.core.response import template

replace(template.template_around, "if cls in of_hooks:", 'if cls in of_hooks and not hasattr(cls, "response"):')
