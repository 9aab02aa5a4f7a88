"""A template that inherits its status is for every status."""

from mutation import replace
from utilmeta.core.cli import template

replace(template.compile_template, 'getattr(template, "status", None)', 'vars(template).get("status")')
