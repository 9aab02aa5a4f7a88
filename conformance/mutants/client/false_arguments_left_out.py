"""An argument that is false is not sent."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._function, "parameter.put is not None and value is not None", "parameter.put is not None and value")
