"""The error of a cookie that cannot be sent shows its value."""

from mutation import replace
from utilmeta.core.cli.request import cookie_line

replace(cookie_line, "the cookie {name!r} has", "the cookie {value!r} has")
