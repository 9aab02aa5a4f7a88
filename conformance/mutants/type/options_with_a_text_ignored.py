"""Options of utype that a parameter cannot keep are ignored where a text says them, such as alias_from="other"."""

from mutation import replace
from utilmeta.core.request.schemas import utype

replace(
    utype.options_of,
    "if said.get(option))",
    'if said.get(option) and (option == "on_error" or not isinstance(said[option], str)))',
)
