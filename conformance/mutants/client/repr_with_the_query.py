"""The repr of a request shows its query."""

from mutation import replace
from utilmeta.core.cli.request import ClientRequest

replace(ClientRequest.__repr__, "self.place", "self.place} {self.query")
