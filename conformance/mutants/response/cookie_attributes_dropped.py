"""Of a cookie only what older browsers know is sent."""

from mutation import replace
from utilmeta.core.response.cookies import set_cookie

replace(
    set_cookie,
    "set_attribute(morsel, name, key, member)",
    "key in ('samesite', 'httponly') or set_attribute(morsel, name, key, member)",
)
