"""`append_slash` appends a slash to one that is there."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._url, 'url.endswith("/") or not held.append_slash', "not held.append_slash")
