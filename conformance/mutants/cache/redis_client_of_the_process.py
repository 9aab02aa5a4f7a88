"""All event loops of a process, one after the other, use one asynchronous client."""

from utilmeta.core.cache.backends.clients import Clients


async def get(self, open_client):
    if not hasattr(self, "only"):
        self.only = open_client()
    return self.only


Clients.get = get
