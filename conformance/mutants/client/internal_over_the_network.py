"""A client with `internal=True` sends its requests over the network."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client.__init__, "if internal:", "if internal is None:")
