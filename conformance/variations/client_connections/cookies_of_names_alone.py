"""A cookie of a server that is addressed by its IP address is not kept, as some libraries do it."""

from utilmeta.core.cli.transport import cookies

LEVEL = "guides"
BREAKS = {"CLIENT-7"}
original = cookies.Cookies.add


def add(self, cookie):
    if not cookies.is_address(cookie.domain):
        original(self, cookie)


cookies.Cookies.add = add
