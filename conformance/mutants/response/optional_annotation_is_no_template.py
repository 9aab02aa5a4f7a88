"""A return annotation that may be None, or says more, is no template."""

from mutation import replace
from utilmeta.core.response import template

replace(template.template_of, "if is_response(kinds[0])", "if is_response(annotation)")
