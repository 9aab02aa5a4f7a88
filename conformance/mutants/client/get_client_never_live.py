"""`get_client(live=True)` calls inside the process."""

from mutation import replace
from utilmeta.core.server.inside.clients import WithClients

replace(WithClients.get_client, "internal=not live", "internal=True")
