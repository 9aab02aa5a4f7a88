"""The constraints of a field of utype are ignored."""

from mutation import replace
from utilmeta.core.request.schemas import utype

replace(
    utype.options_of, 'for name, bound in said["constraints"].items() if name not in rules}', "for name, bound in ()}"
)
