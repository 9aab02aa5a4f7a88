"""The constraints of a field of utype are ignored."""

from mutation import replace
from utilmeta.core.request.schemas import utype

replace(utype.options_of, "if name not in rules}", "if name in rules}")
