"""The repr of a client shows its headers."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client.__repr__, "self._settings.base_url", "self._settings.headers")
