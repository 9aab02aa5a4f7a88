"""A `utype.Lax` is a rule as any other."""

from mutation import replace
from utilmeta.core.request.schemas import utype

replace(
    utype.options_of,
    "if name not in KEPT or isinstance(bound, utype.Lax)",
    "if said['constraints'].update({name: getattr(bound, 'value', bound)}) or name not in KEPT",
)
