"""Outside of `with` each request of a client has a connection of its own."""

from utilmeta.core.cli.transport.connections import Connections

LEVEL = "full"
original = Connections.send


async def send(self, outgoing, deadline):
    if self.entered > 0:
        return await original(self, outgoing, deadline)
    session = self.library.call(self.proxies)
    try:
        return await session.send(outgoing, deadline)
    finally:
        await session.close()


Connections.send = send
