"""`default_timeout` changes nothing."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._made, "held.default_timeout if seconds is None else seconds", "seconds")
