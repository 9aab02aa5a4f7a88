"""A client with `mock=True` sends its requests."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client.__init__, "if mock:", "if mock is None:")
