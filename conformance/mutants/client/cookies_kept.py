"""Cookies outlive `with`."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client.close, "self._cookies.forget()", "pass")
replace(Client.aclose, "self._cookies.forget()", "pass")
