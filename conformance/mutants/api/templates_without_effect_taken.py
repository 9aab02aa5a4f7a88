"""A template that is no class, or within another type, is no template, and nobody says so."""

from mutation import replace
from utilmeta.core.api import declaration_check
from utilmeta.core.response import template

declaration_check.check_template = lambda cls, hints: None
replace(template.template_of, "for inner in parts(kind):", "for inner in ():")
