"""`append_slash` appends a slash to one that is there."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._url, 'held.append_slash and path[-1:] != "/"', "held.append_slash")
