"""`round` of utype changes no number."""

from mutation import replace
from utilmeta.core.request.parameters import utype_rule

replace(utype_rule.compile_rule, "for kind in kinds:", 'left.pop("decimal_places", None)\n    for kind in kinds:')
