"""A cookie goes to every host."""

from mutation import replace
from utilmeta.core.cli.transport.cookies import Cookie

replace(Cookie.is_for, "return domain and", "return")
