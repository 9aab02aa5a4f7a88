"""A rule of utype that is none for the type of its parameter is ignored."""

from mutation import replace
from utilmeta.core.request.parameters import utype_rule

replace(
    utype_rule.compile_rule,
    "except Exception as error:\n",
    "except Exception as error:\n            return lambda value: value\n",
)
