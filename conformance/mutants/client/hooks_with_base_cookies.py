"""A hook that turns a request to another origin takes the client's base_cookies there."""

from mutation import replace
from utilmeta.core.cli.settings import Settings

replace(Settings.without, "if (name, text) not in self.cookies.items()", "")
