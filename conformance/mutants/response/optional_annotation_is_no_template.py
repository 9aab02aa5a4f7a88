"""A return annotation that may be None, or says more, is no template."""

from mutation import replace
from utilmeta.core.response import template

replace(template.template_of, "if is_response(kind)", "if is_response(annotation)")
