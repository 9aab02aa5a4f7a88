"""A content type is application/json to the letter, without parameters and in lower case, or it is refused."""

from mutation import replace
from utilmeta.core.request.body import check_type

replace(check_type, '.partition(";")[0].strip().lower()', "")
