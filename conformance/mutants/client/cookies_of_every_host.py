"""A cookie goes to every host."""

from mutation import replace
from utilmeta.core.cli.cookies import Cookies

replace(
    Cookies.keep, "urllib.request.Request(url)", 'urllib.request.Request("http://host.invalid/" + url.split("/", 3)[3])'
)
replace(
    Cookies.header,
    "urllib.request.Request(url)",
    'urllib.request.Request("http://host.invalid/" + url.split("/", 3)[3])',
)
