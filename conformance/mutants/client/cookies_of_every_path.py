"""A cookie goes to every path of its host."""

from mutation import replace
from utilmeta.core.cli.cookies import Cookies

replace(Cookies.keep, "lines = [value for", 'lines = [value.partition(";")[0] + "; Path=/" for')
