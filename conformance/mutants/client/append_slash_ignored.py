"""`append_slash` changes nothing."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._url, "or not held.append_slash", "or True")
