"""A parameter takes on_error="preserve", by which a value that does not convert would be kept."""

from mutation import replace
from utilmeta.core.request.schemas import utype

replace(utype.options_of, "if said.get(option))", 'if said.get(option) and said[option] != "preserve")')
