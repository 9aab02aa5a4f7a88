"""Rules are for the float that is nearest to a number."""

from mutation import replace
from utilmeta.core.request.parameters import utype_rule

NEAREST = "int(float(value)) if isinstance(value, int) else value"
replace(utype_rule.compile_rule, "utype.type_transform(value, rule)", f"utype.type_transform({NEAREST}, rule)")
