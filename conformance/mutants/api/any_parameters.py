"""`**kwargs` of an endpoint are left empty."""

from mutation import replace
from utilmeta.core.request.parameters import binding

replace(
    binding.declared,
    "if parameter.kind in (",
    "if parameter.kind is parameter.VAR_KEYWORD:\n            continue\n        if parameter.kind in (",
)
