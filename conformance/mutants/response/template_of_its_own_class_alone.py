"""A class's template is not that of what it mounts."""

from mutation import replace
from utilmeta.core.response.template import compile_template

replace(compile_template, "reversed(classes)", "classes[-1:]")
