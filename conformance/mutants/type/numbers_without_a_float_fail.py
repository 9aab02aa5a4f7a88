"""A number past all floats fails where it is judged."""

from mutation import replace
from utilmeta.core.request.parameters import utype_rule

replace(
    utype_rule.compile_rule,
    "rule = next((rule for",
    "value = value if not isinstance(value, int) or float(value) else value\n        rule = next((rule for",
)
