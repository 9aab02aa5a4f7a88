"""`append_slash` changes nothing."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._url, "if held.append_slash and", "if False and")
