"""A chunked body is whole over urllib and requests where it ends behind its last chunk (CLIENT-2a)."""

from mutation import replace
from utilmeta.core.cli.transport.connection import TimedResponse

replace(TimedResponse.begin, "incoming.in_lines = bool(self.chunked)", "incoming.in_lines = False")
