"""`base_cookies` that are a SimpleCookie are not sent."""

from mutation import replace
from utilmeta.core.cli.transport.cookies import read

replace(read, "{name: morsel.coded_value for name, morsel in cookies.items()}", "{}")
