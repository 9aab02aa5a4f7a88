"""A class's template is not that of what it mounts."""

from mutation import replace
from utilmeta.core.response.template import template_around

replace(template_around, "reversed(classes)", "classes[-1:]")
