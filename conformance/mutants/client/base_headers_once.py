"""`base_headers` are in the first request alone."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client._made,
    "made.headers.fields += held.headers",
    "made.headers.fields += [] if self.__dict__.get('_sent') else held.headers\n        self._sent = True",
)
