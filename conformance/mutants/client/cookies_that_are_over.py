"""A cookie whose Max-Age is 0 is kept."""

from mutation import replace
from utilmeta.core.cli.cookies import Cookies

replace(Cookies.keep, "lines = [value for", 'lines = [value.replace("Max-Age", "Other") for')
