"""`default_timeout` changes nothing."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._made, "held.default_timeout if timeout is None else timeout", "timeout")
