"""A cookie goes to every path of its host."""

from mutation import replace
from utilmeta.core.cli.transport.cookies import Cookie

replace(Cookie.is_for, "path_matches(path, self.path)", "True")
