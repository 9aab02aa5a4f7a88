"""A cookie keeps its first value."""

from mutation import replace
from utilmeta.core.cli.cookies import Cookies

replace(
    Cookies.keep,
    'if name.lower() == "set-cookie"]',
    'if name.lower() == "set-cookie" and value.partition("=")[0] not in {each.name for each in self.jar}]',
)
