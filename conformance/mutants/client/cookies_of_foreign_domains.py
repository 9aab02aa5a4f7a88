"""A cookie for another domain is taken for the host's own."""

from mutation import replace
from utilmeta.core.cli.cookies import Cookies

replace(Cookies.keep, "lines = [value for", 'lines = [value.replace("Domain=", "Other=") for')
