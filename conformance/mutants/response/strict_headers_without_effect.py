"""`strict` of a template is for its result alone."""

from mutation import replace
from utilmeta.core.response import template

replace(template.compile_headers_check, "or not template.strict", "or True")
