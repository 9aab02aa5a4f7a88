"""A body is taken for JSON whatever its content type."""

from mutation import replace
from utilmeta.core.request.body import check_type

replace(check_type, "if not request.body:", "if True:")
