"""Each request has a connection of its own."""

from mutation import replace
from utilmeta.core.cli.transport.connections import Connections

replace(Connections.called_session, "if self.called is None:", "if True:")
replace(Connections.awaited_session, "session = self.awaited.get(loop)", "session = None")
