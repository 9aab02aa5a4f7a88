"""An endpoint annotated as a plain Response is out of every template."""

from mutation import replace
from utilmeta.core.response.template import template_of

replace(template_of, "if Response in (kind, get_origin(kind))", "if get_origin(kind) is Response")
