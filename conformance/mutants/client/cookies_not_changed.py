"""A cookie keeps its first value."""

from mutation import replace
from utilmeta.core.cli.transport.cookies import Cookies

replace(Cookies.add, "self.kept[key] = cookie", "self.kept.setdefault(key, cookie)")
