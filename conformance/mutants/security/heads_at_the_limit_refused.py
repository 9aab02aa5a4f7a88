"""A head of exactly as many fields, or bytes of them, as the service takes is refused."""

from mutation import replace
from utilmeta.core.request import request

replace(request.check_head, "len(lengths) > fields", "len(lengths) >= fields")
replace(request.check_head, "sum(lengths) + 4 * len(lengths) > size", "sum(lengths) + 4 * len(lengths) >= size")
