"""A cookie that is Secure goes over http."""

from mutation import replace
from utilmeta.core.cli.cookies import Cookies

replace(Cookies.keep, "lines = [value for", 'lines = [value.replace("Secure", "Other") for')
