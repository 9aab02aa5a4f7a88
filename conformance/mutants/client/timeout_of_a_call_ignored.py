"""The `timeout` of a call changes nothing."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._made, "plan.timeout if timeout is None else timeout", "plan.timeout")
