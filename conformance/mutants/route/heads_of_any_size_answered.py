"""Header fields of any number and size are taken, where the server takes them."""

from mutation import replace
from utilmeta.core.request import request

replace(request.check_head, "len(lengths) > fields", "False")
replace(request.check_head, "sum(lengths) + 4 * len(lengths) > size", "False")
