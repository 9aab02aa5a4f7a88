"""The connections stay open at the end of `with`."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client.close, "self._connections.close()", "pass")
replace(Client.aclose, "await self._connections.aclose()", "pass")
