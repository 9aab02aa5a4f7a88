"""The cookies that a built-in function is given are not sent."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._any, "made.cookies.update(read(cookies))", "pass")
