"""A cookie goes to every host."""

from mutation import replace
from utilmeta.core.cli.cookies import Cookie

replace(Cookie.is_for, "return domain and", "return")
