"""Rules of utype (`enum`, `const` and the like) do not look at values that are false: 0, False, an empty text."""

from mutation import replace
from utilmeta.core.request.parameters.utype_rule import compile_rule

replace(
    compile_rule,
    "        rule = next(",
    "        if not value:\n            return value\n        rule = next(",
)
