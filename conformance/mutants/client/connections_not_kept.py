"""Each request has a connection of its own."""

from mutation import replace
from utilmeta.core.cli.transport.connections import Connections

replace(Connections.send, "if self.called is None:", "if True:")
replace(Connections.asend, "session = self.awaited.get(loop)", "session = None")
