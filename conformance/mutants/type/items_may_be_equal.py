"""Equal items of a list are taken where they are to be unique."""

from mutation import replace
from utilmeta.core.request.parameters import utype_rule

replace(utype_rule.compile_rule, "if unique and", "if False and")
